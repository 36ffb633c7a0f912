// Long division of mantissas, eight bits at a time, and the two roundings of the double route.
#include "inkling/core/multiplier.h"

namespace inkling {
namespace {

// A positive finite float as mantissa * 2^exponent with the mantissa in [2^23, 2^24).
struct FloatParts {
  uint32_t mantissa;
  int32_t exponent;
};

FloatParts split(float x) {
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

// `n` more binary places, a multiple of 8, of the quotient rest / divisor, behind those in `quotient`. Both
// are below 2^24; `low` has what follows the rest in the dividend.
uint64_t divide(uint64_t quotient, uint32_t* rest, uint32_t low, uint32_t divisor, int32_t n) {
  for (; n > 0; n -= 8, low <<= 8) {
    const uint32_t dividend = *rest << 8 | low >> 24;
    const uint32_t digit = dividend / divisor;
    quotient = quotient << 8 | digit;
    *rest = dividend - digit * divisor;
  }
  return quotient;
}

Multiplier limited(uint32_t value, int32_t shift) {
  if (value >> 31) {
    value >>= 1;
    ++shift;
  }
  if (shift < -31) return {0, 0};
  if (shift > 30) return {INT32_MAX, 30};
  return {static_cast<int32_t>(value), shift};
}

}  // namespace

Multiplier multiplier(float a, float b, float c, int32_t exponent) {
  const FloatParts pa = split(a), pb = split(b), pc = split(c);
  if (pa.mantissa == 0 || pb.mantissa == 0 || pc.mantissa == 0) return {};
  // The product of two mantissas has at most 48 bits, so the double product is exact. The quotient below is
  // floor(product * 2^32 / c): 55 to 57 bits, more than the 53 of a double, and the remainder says what is
  // beyond.
  const uint64_t product = static_cast<uint64_t>(pa.mantissa) * pb.mantissa;
  const auto high = static_cast<uint32_t>(product >> 24);
  uint64_t quotient = high >= pc.mantissa;
  uint32_t rest = quotient ? high - pc.mantissa : high;
  // After the high bits 24 are left, then zeros.
  quotient = divide(quotient, &rest, static_cast<uint32_t>(product) << 8, pc.mantissa, 56);
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
  return limited(static_cast<uint32_t>((quotient + (uint64_t{1} << 21)) >> 22),
                 bits - 32 + pa.exponent + pb.exponent - pc.exponent + exponent);
}

MultiplierSeries::MultiplierSeries(float a, float c) : a_(a), c_(c) {
  const FloatParts pa = split(a), pc = split(c);
  // 64 bits of a / c, whose mantissas' quotient lies in (1/2, 2). One of 1 or more gives its own bit first,
  // which divide would have shifted out; its last place then falls out instead.
  uint32_t rest = pa.mantissa >= pc.mantissa ? pa.mantissa - pc.mantissa : pa.mantissa;
  uint64_t quotient = divide(0, &rest, 0, pc.mantissa, 64);
  exponent_ = pa.exponent - pc.exponent - 32;
  if (pa.mantissa >= pc.mantissa) {
    quotient = quotient >> 1 | uint64_t{1} << 63;
    ++exponent_;
  }
  high_ = static_cast<uint32_t>(quotient >> 32);
  low_ = static_cast<uint32_t>(quotient);
}

Multiplier MultiplierSeries::operator()(float b) const {
  uint32_t bits;
  __builtin_memcpy(&bits, &b, sizeof bits);
  const auto biased = static_cast<int32_t>(bits >> 23);
  if (biased == 0) return multiplier(a_, b, c_);
  // The product's top 54 to 56 bits, at most 2 below the true quotient.
  const uint32_t mantissa = (bits & 0x7fffff) | 0x800000;
  const uint64_t product =
      static_cast<uint64_t>(mantissa) * high_ + (static_cast<uint64_t>(mantissa) * low_ >> 32);
  const int32_t drop = product >> 55 ? 25 : 24;
  // What is dropped decides the rounding, unless it is so near to a half that the 53 bits of the double route
  // (here steps of 4 or 8) could count.
  const uint32_t cut = static_cast<uint32_t>(product) << (32 - drop);
  if (cut - 0x7fffe000u < 0x4000u) return multiplier(a_, b, c_);
  return limited(static_cast<uint32_t>(product >> drop) + (cut >> 31), exponent_ + biased - 150 + drop + 31);
}

int32_t round_half_away(float x) {
  if (x >= 2147483648.0f) return INT32_MAX;
  if (!(x >= -2147483648.0f)) return x < 0 ? INT32_MIN : 0;
  const auto whole = static_cast<int32_t>(x);
  const float rest = x - static_cast<float>(whole);  // exact: above 2^23 there is no rest
  return rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole;
}

}  // namespace inkling
