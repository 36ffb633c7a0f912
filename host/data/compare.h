// Compares what an engine computed with what it should have computed, element by element. Leaves out shapes.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::host {

/// The bytes from `begin` up to, not including, `end`.
struct ByteRange {
  int64_t begin;
  int64_t end;
};

/// How two tensors differ. For int4, which packs two values a byte, an element is a byte.
struct Difference {
  int64_t first_element;
  std::string got, want;  // that element, for reading
  int64_t n_differing;    // of all elements
  int64_t n_elements;

  /// "element 3: got 5, want 6 (2 of 100 elements differ)"
  std::string text() const;
};

/// The first difference between two tensors of a type (float32, int8, bool, int4, ... as in a case pack), or
/// nothing. Integers, and floats if `tolerance` is 0, are compared bit for bit; other floats agree if |got -
/// want| <= tolerance + 1e-5 * |want|. NaN equals every NaN, an infinity only itself. Elements that touch an
/// `undefined` range are left out. Throws an Error for an unknown type or if the sizes differ.
std::optional<Difference> compare(std::string_view type, const std::vector<uint8_t>& got,
                                  const std::vector<uint8_t>& want, double tolerance,
                                  const std::vector<ByteRange>& undefined = {});

}  // namespace inkling::host
