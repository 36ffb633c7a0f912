// Compares tensors element by element: see compare.h.
#include "host/data/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "host/error.h"

namespace inkling::host {
namespace {

constexpr double kRelativeTolerance = 1e-5;

/// How to look at one element: its bytes' width, its value as text, and (floats only) as a number.
struct ElementType {
  std::string_view name;
  int64_t n_bytes;
  std::string (*text)(const uint8_t* element);
  double (*real)(const uint8_t* element);  // null: bit for bit, always
};

template <class T>
T load(const uint8_t* element) {
  T value;
  std::memcpy(&value, element, sizeof value);
  return value;
}

template <class T>
std::string integer_text(const uint8_t* element) {
  return fmt::format("{}", load<T>(element));
}

std::string hex_text(const uint8_t* element) {
  return fmt::format("{:#04x}", *element);
}

template <class T>
double float_value(const uint8_t* element) {
  return static_cast<double>(load<T>(element));
}

/// IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits.
double half_value(const uint8_t* element) {
  const auto bits = load<uint16_t>(element);
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double value = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  if (exponent == 31) {
    value =
        fraction == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  }
  return bits >> 15 ? -value : value;
}

/// Nine digits tell any two floats apart, which the shortest text of a double need not do for humans.
template <double (*value)(const uint8_t*)>
std::string float_text(const uint8_t* element) {
  return fmt::format("{:.9g}", value(element));
}

constexpr ElementType kTypes[] = {
    {"float32", 4, float_text<float_value<float>>, float_value<float>},
    {"float64", 8, float_text<float_value<double>>, float_value<double>},
    {"float16", 2, float_text<half_value>, half_value},
    {"int8", 1, integer_text<int8_t>, nullptr},
    {"uint8", 1, integer_text<uint8_t>, nullptr},
    {"int16", 2, integer_text<int16_t>, nullptr},
    {"uint16", 2, integer_text<uint16_t>, nullptr},
    {"int32", 4, integer_text<int32_t>, nullptr},
    {"uint32", 4, integer_text<uint32_t>, nullptr},
    {"int64", 8, integer_text<int64_t>, nullptr},
    {"uint64", 8, integer_text<uint64_t>, nullptr},
    {"bool", 1, integer_text<uint8_t>, nullptr},
    {"int4", 1, hex_text, nullptr},
};

const ElementType& find_type(std::string_view name) {
  for (const ElementType& type : kTypes) {
    if (type.name == name) return type;
  }
  throw Error(fmt::format("cannot compare tensors of type '{}'", name));
}

bool agree(const ElementType& type, const uint8_t* got, const uint8_t* want, double tolerance) {
  if (std::memcmp(got, want, static_cast<size_t>(type.n_bytes)) == 0) return true;
  if (type.real == nullptr) return false;
  const double g = type.real(got), w = type.real(want);
  if (std::isnan(g) || std::isnan(w)) return std::isnan(g) && std::isnan(w);
  if (std::isinf(g) || std::isinf(w) || tolerance == 0) return false;
  return std::abs(g - w) <= tolerance + kRelativeTolerance * std::abs(w);
}

}  // namespace

std::string Difference::text() const {
  return fmt::format("element {}: got {}, want {} ({} of {} elements differ)", first_element, got, want,
                     n_differing, n_elements);
}

std::optional<Difference> compare(std::string_view type_name, const std::vector<uint8_t>& got,
                                  const std::vector<uint8_t>& want, double tolerance,
                                  const std::vector<ByteRange>& undefined) {
  const ElementType& type = find_type(type_name);
  if (got.size() != want.size()) throw Error(fmt::format("got {} bytes, want {}", got.size(), want.size()));
  const auto n_bytes = static_cast<int64_t>(want.size());
  if (n_bytes % type.n_bytes != 0) {
    throw Error(fmt::format("{} bytes are no whole number of {} elements", n_bytes, type_name));
  }
  std::optional<Difference> difference;
  for (int64_t at = 0; at < n_bytes; at += type.n_bytes) {
    const auto touches = [&](const ByteRange& range) {
      return range.begin < at + type.n_bytes && at < range.end;
    };
    if (agree(type, got.data() + at, want.data() + at, tolerance)) continue;
    if (std::any_of(undefined.begin(), undefined.end(), touches)) continue;
    if (!difference) {
      difference = {at / type.n_bytes, type.text(got.data() + at), type.text(want.data() + at), 0,
                    n_bytes / type.n_bytes};
    }
    ++difference->n_differing;
  }
  return difference;
}

}  // namespace inkling::host
