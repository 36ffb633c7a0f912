// FlexBuffers, read in place: the maps of numbers in which custom operators keep their options. Every
// position is checked; a map that is malformed has no keys. Leaves out nested maps, vectors and strings as
// values.
#pragma once
#include "inkling/core/span.h"

namespace inkling {

/// A map from names to numbers.
class FlexMap {
 public:
  /// `bytes` is a whole FlexBuffer whose root is a map; anything else gives an empty map.
  explicit FlexMap(Bytes bytes);

  int32_t size() const { return n_; }
  bool has(const char* key) const { return find(key) >= 0; }
  /// The value of `key` as an integer (bools are 0 or 1, floats are cut), or `otherwise`. Values beyond 32
  /// bits are limited to what fits.
  int32_t integer(const char* key, int32_t otherwise) const;
  /// The value of `key` as a float, or `otherwise`.
  float number(const char* key, float otherwise) const;

 private:
  struct Value {
    bool is_float;
    int64_t integer;
    float number;
  };
  int32_t find(const char* key) const;
  bool inside(uint32_t position, uint32_t n_bytes) const;
  uint64_t unsigned_at(uint32_t position, uint32_t width) const;
  Value value(int32_t i) const;

  Bytes bytes_;
  uint32_t values_ = 0;  // position of the first value
  uint32_t width_ = 1;   // bytes of a value
  uint32_t keys_ = 0;    // position of the first key's offset
  uint32_t keys_width_ = 1;
  int32_t n_ = 0;
};

}  // namespace inkling
