// Long division of mantissas, eight bits at a time, and the two roundings of the double route.
#include "inkling/core/multiplier.h"

namespace inkling {
namespace {

// A positive finite float as mantissa * 2^exponent with the mantissa in [2^23, 2^24).
struct Parts {
  uint32_t mantissa;
  int32_t exponent;
};

Parts split(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  uint32_t mantissa = bits & 0x7fffff;
  const auto biased = static_cast<int32_t>(bits >> 23 & 0xff);
  if (biased != 0) return {mantissa | 0x800000, biased - 150};
  int32_t exponent = -149;  // subnormal
  while (mantissa && mantissa < 0x800000) {
    mantissa <<= 1;
    --exponent;
  }
  return {mantissa, exponent};
}

}  // namespace

Multiplier multiplier(float a, float b, float c, int32_t exponent) {
  const Parts pa = split(a), pb = split(b), pc = split(c);
  if (pa.mantissa == 0 || pb.mantissa == 0 || pc.mantissa == 0) return {};
  // The product of two mantissas has at most 48 bits, so the double product is exact. The quotient below is
  // floor(product * 2^32 / c): 55 to 57 bits, more than the 53 of a double, and the remainder says what is
  // beyond.
  const uint64_t product = static_cast<uint64_t>(pa.mantissa) * pb.mantissa;
  const auto high = static_cast<uint32_t>(product >> 24);
  uint64_t quotient = high >= pc.mantissa;
  uint32_t rest = quotient ? high - pc.mantissa : high;
  auto low = static_cast<uint32_t>(product) << 8;  // the 24 bits that are left, then zeros
  for (int32_t i = 0; i < 7; ++i, low <<= 8) {
    rest = rest << 8 | low >> 24;
    const uint32_t digit = rest / pc.mantissa;
    quotient = quotient << 8 | digit;
    rest -= digit * pc.mantissa;
  }
  int32_t bits = 64 - __builtin_clzll(quotient);
  // To 53 bits, ties to even, as the division of doubles does ...
  const int32_t drop = bits - 53;
  const uint64_t cut = quotient & ((uint64_t{1} << drop) - 1);
  const uint64_t half = uint64_t{1} << (drop - 1);
  quotient >>= drop;
  if (cut > half || (cut == half && (rest != 0 || (quotient & 1)))) ++quotient;
  if (quotient >> 53) {
    quotient >>= 1;
    ++bits;
  }
  // ... then to 31, halves away from zero.
  uint64_t value = (quotient + (uint64_t{1} << 21)) >> 22;
  int32_t shift = bits - 32 + pa.exponent + pb.exponent - pc.exponent + exponent;
  if (value >> 31) {
    value >>= 1;
    ++shift;
  }
  if (shift < -31) return {0, 0};
  if (shift > 30) return {INT32_MAX, 30};
  return {static_cast<int32_t>(value), shift};
}

int32_t round_half_away(float x) {
  if (x >= 2147483648.0f) return INT32_MAX;
  if (!(x >= -2147483648.0f)) return x < 0 ? INT32_MIN : 0;
  const auto whole = static_cast<int32_t>(x);
  const float rest = x - static_cast<float>(whole);  // exact: above 2^23 there is no rest
  return rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole;
}

}  // namespace inkling
