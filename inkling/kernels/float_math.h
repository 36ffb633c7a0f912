// The functions of a libm that operators on floats need, without a libm, in float32 alone: results within 2
// ulp of the exact ones unless stated otherwise. NaN gives NaN. Leaves out errno and rounding modes.
#pragma once
#include <stdint.h>

namespace inkling {

inline uint32_t float_bits(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}
inline float float_from_bits(uint32_t bits) {
  float x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}
inline float absolute_float(float x) {
  return float_from_bits(float_bits(x) & 0x7fffffff);
}

/// x * 2^n for n in -252..254, in two factors, so that results below the normal numbers come out too.
inline float scale_float(float x, int32_t n) {
  const int32_t half = n / 2;
  return x * float_from_bits(static_cast<uint32_t>(half + 127) << 23) *
         float_from_bits(static_cast<uint32_t>(n - half + 127) << 23);
}

/// The polynomial c[0] + c[1] x + ... by Horner's rule.
template <int32_t n>
inline float polynomial(float x, const float (&c)[n]) {
  float sum = c[n - 1];
  for (int32_t i = n - 2; i >= 0; --i) sum = sum * x + c[i];
  return sum;
}

/// The largest whole number that is not above x.
inline float floor_float(float x) {
  if (!(absolute_float(x) < 8388608.0f)) return x;  // 2^23 and more have no fraction
  const auto whole = static_cast<float>(static_cast<int32_t>(x));
  return whole > x ? whole - 1.0f : whole == x ? x : whole;
}
inline float ceil_float(float x) {
  return -floor_float(-x);
}
/// The nearest whole number, halves to the even one: 2^23 pushes the fraction out of the mantissa.
inline float round_float(float x) {
  if (!(absolute_float(x) < 8388608.0f)) return x;
  return x < 0 ? -((-x + 8388608.0f) - 8388608.0f) : (x + 8388608.0f) - 8388608.0f;
}

/// What is left of a after a whole multiple of b, with a's sign. Exact: long division of the mantissas, eight
/// bits at a time.
inline float remainder_float(float a, float b) {
  const uint32_t largest = float_bits(a) & 0x7fffffff, divisor = float_bits(b) & 0x7fffffff;
  if (divisor == 0 || largest >= 0x7f800000 || divisor > 0x7f800000) return __builtin_nanf("");
  if (largest < divisor) return a;
  const auto exponent = [](uint32_t bits) { return bits >> 23 ? static_cast<int32_t>(bits >> 23) : 1; };
  const auto mantissa = [](uint32_t bits) { return (bits & 0x7fffff) | (bits >> 23 ? 0x800000u : 0u); };
  uint32_t rest = mantissa(largest) % mantissa(divisor);
  for (int32_t left = exponent(largest) - exponent(divisor); left > 0; left -= 8)
    rest = (rest << (left < 8 ? left : 8)) % mantissa(divisor);
  const float r = scale_float(static_cast<float>(rest), exponent(divisor) - 150);
  return a < 0 ? -r : r;
}

/// The square root, correctly rounded: one bit of it after the other, and one more to round by.
inline float square_root_float(float x) {
  if (!(x > 0.0f)) return x == 0.0f ? x : __builtin_nanf("");
  uint32_t bits = float_bits(x);
  if (bits >= 0x7f800000) return x;
  int32_t exponent = 0;
  if (bits < 0x800000) {  // below the normal numbers
    bits = float_bits(x * 16777216.0f);
    exponent = -24;
  }
  exponent += static_cast<int32_t>(bits >> 23) - 127;
  uint32_t rest = ((bits & 0x7fffff) | 0x800000) << (1 + (exponent & 1));
  uint32_t root = 0;  // twice what has been found, so that the trial is 2 * root + bit
  for (uint32_t bit = 1u << 24; bit; bit >>= 1, rest <<= 1) {
    const uint32_t trial = root + bit;
    if (rest < trial) continue;
    rest -= trial;
    root += 2 * bit;
  }
  root >>= 1;  // 25 bits; the last one rounds, and no root lies exactly between two floats
  return float_from_bits(((root + 1) >> 1) + (static_cast<uint32_t>((exponent >> 1) + 126) << 23));
}

/// exp(x) as 2^n (1 + small + rest), where rest is what small is rounded by.
struct Exponential {
  int32_t n;
  float small, rest;
};

/// For |x| <= 104: x = n ln 2 + r with |r| <= ln 2 / 2, and small + rest = exp(r) - 1 by its Taylor series,
/// whose rest is below 2^-27 of it.
inline Exponential split_exponential(float x) {
  constexpr float c[] = {1.0f / 2.0f,   1.0f / 6.0f,    1.0f / 24.0f,   1.0f / 120.0f,
                         1.0f / 720.0f, 1.0f / 5040.0f, 1.0f / 40320.0f};
  const float n = round_float(x * 1.44269504f);
  // ln 2 in two parts; the first has few bits, so its product with n is exact, and so is the difference.
  const float first = x - n * 0.693359375f, second = n * 2.12194440e-4f;
  const float r = first + second, bent = r * r * polynomial(r, c), small = r + bent;
  return {static_cast<int32_t>(n), small, ((r - small) + bent) + ((first - r) + second)};
}

/// Within 0.75 ulp.
inline float exp_float(float x) {
  if (!(x > -104.0f)) return x != x ? x : 0.0f;
  if (x > 88.72284f) return __builtin_inff();
  const Exponential e = split_exponential(x);
  const float sum = 1.0f + e.small;
  return scale_float(sum + ((1.0f - sum) + e.small + e.rest), e.n);
}

/// exp(x) - 1, of full precision near 0 as well.
inline float exp_minus_one_float(float x) {
  if (!(x > -20.0f)) return x != x ? x : -1.0f;
  if (x > 20.0f) return exp_float(x);
  const Exponential e = split_exponential(x);
  const float power = scale_float(1.0f, e.n), whole = power - 1.0f, part = power * e.small;
  const float sum = whole + part;
  return sum + ((whole - sum) + part + power * e.rest);
}

/// The natural logarithm: x = 2^n m with m in [sqrt(1/2), sqrt(2)), f = m - 1, and with t = f / (2 + f)
/// ln(1 + f) = 2 atanh(t) = f - t (f - 2 (t^2/3 + t^4/5 + ...)).
inline float log_float(float x) {
  if (!(x > 0.0f)) return x == 0.0f ? -__builtin_inff() : __builtin_nanf("");
  uint32_t bits = float_bits(x);
  if (bits >= 0x7f800000) return x;
  int32_t n = 0;
  if (bits < 0x800000) {
    bits = float_bits(x * 16777216.0f);
    n = -24;
  }
  const uint32_t above = bits - 0x3f3504f3;  // sqrt(1/2)
  n += static_cast<int32_t>(above) >> 23;
  const float f = float_from_bits((above & 0x7fffff) + 0x3f3504f3) - 1.0f;
  constexpr float c[] = {2.0f / 3.0f, 2.0f / 5.0f, 2.0f / 7.0f, 2.0f / 9.0f, 2.0f / 11.0f};
  const float t = f / (2.0f + f), t2 = t * t;
  const float correction = t * (f - t2 * polynomial(t2, c));
  const auto steps = static_cast<float>(n);
  return steps * 0.693359375f + (f - (correction + steps * 2.12194440e-4f));
}

/// tanh(|x|) = 1 - 2 / (2 + d) with d = exp(2 |x|) - 1 from 1 on, -d / (2 + d) with d = exp(-2 |x|) - 1
/// below; within 2.5 ulp. C libraries split it there, too, so what is rounded is the same.
inline float tanh_float(float x) {
  const float size = absolute_float(x);
  const float d = exp_minus_one_float(size < 1.0f ? -2.0f * size : 2.0f * size);
  const float t = size < 1.0f ? -d / (2.0f + d) : 1.0f - 2.0f / (d + 2.0f);
  return x < 0 ? -t : t;
}

/// 1 / (1 + exp(-x)), but exp(x) below -9: the reference does so, and is off by 2^-13 there; within 2.5 ulp.
inline float logistic_float(float x) {
  return x < -9.0f ? exp_float(x) : 1.0f / (1.0f + exp_float(-x));
}

/// The share of a normal distribution below x, erfc(-x / sqrt(2)) / 2: with z = |x| / sqrt(2) and
/// t = 1 / (1 + z / 2), erfc(z) = t exp(p(t) - z^2). p is a Chebyshev fit over z in 0..10. The relative error
/// grows with x^2, the rounded argument of exp: 2^-22 near 0, 2^-20 at -4, 2^-17 at -12.
inline float normal_share_float(float x) {
  constexpr float p[] = {-1.26545493f,   0.99878246f,   0.385283634f, 0.0413959642f, -0.0195080035f,
                         -0.0398663176f, -0.746469895f, 1.19532767f,  -0.697536591f, 0.148046054f};
  const float t = 1.0f / (1.0f + absolute_float(x) * (0.5f * 0.707106781f));
  const float tail = 0.5f * t * exp_float(polynomial(t, p) - 0.5f * x * x);
  return x < 0 ? tail : 1.0f - tail;
}

/// x to the power y. Whole y up to 64 by multiplying, 1/2 by the square root; else exp(y ln x), whose
/// relative error is that of ln x times y.
inline float power_float(float x, float y) {
  if (y == 0.5f) return square_root_float(x);
  if (absolute_float(y) <= 64.0f && floor_float(y) == y) {
    float result = 1.0f;
    for (auto n = static_cast<uint32_t>(absolute_float(y)); n; n >>= 1, x *= x)
      if (n & 1) result *= x;
    return y < 0 ? 1.0f / result : result;
  }
  if (x > 0.0f || y != y) return exp_float(y * log_float(x));
  if (x == 0.0f) return y > 0 ? 0.0f : __builtin_inff();
  if (floor_float(y) != y) return __builtin_nanf("");
  const float size = exp_float(y * log_float(-x));
  return floor_float(y * 0.5f) * 2.0f == y ? size : -size;  // odd powers are negative
}

/// An angle as quarter turns and what is beyond them.
struct Angle {
  uint32_t quarter;  ///< 0..3
  float rest;        ///< radians in [-pi/4, pi/4]
};

/// Splits any finite angle. The fraction of x * 2 / pi needs only those 96 bits of 2 / pi that a float's 24
/// bits shift to about the binary point; 62 bits of it are kept, so nothing cancels.
inline Angle split_angle(float x) {
  // 2 / pi, after a word of zeros for small exponents.
  static constexpr uint32_t two_over_pi[] = {0,          0xa2f9836e, 0x4e441529, 0xfc2757d1,
                                             0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab};
  const uint32_t bits = float_bits(x) & 0x7fffffff;
  if (bits <= 0x3f490fdb) return {0, x};  // pi / 4
  const auto first = (bits >> 23) - 120;  // the first bit that counts; those before give whole turns
  const uint64_t mantissa = (bits & 0x7fffff) | 0x800000;
  const auto word = [&](uint32_t i) {
    const uint32_t* from = two_over_pi + (first >> 5) + i;
    return first & 31 ? from[0] << (first & 31) | from[1] >> (32 - (first & 31)) : from[0];
  };
  const uint64_t turns =  // in units of 2^-62 quarter turns
      (mantissa * word(0) << 32) + mantissa * word(1) + (mantissa * word(2) >> 32);
  const uint64_t quarter = (turns + (uint64_t{1} << 61)) >> 62;
  const auto beyond = static_cast<int64_t>(turns - (quarter << 62));
  // Times pi / 2 in Q31, on the upper 32 bits that count.
  const uint64_t magnitude = static_cast<uint64_t>(beyond < 0 ? -beyond : beyond) | 1;
  const int32_t zeros = __builtin_clzll(magnitude);
  const float radians =
      scale_float(static_cast<float>((magnitude << zeros >> 32) * 0xc90fdaa2u), -61 - zeros);
  const float rest = beyond < 0 ? -radians : radians;
  if (x >= 0) return {static_cast<uint32_t>(quarter & 3), rest};
  return {static_cast<uint32_t>(-quarter & 3), -rest};
}

/// The sine of an angle that has been split.
inline float sine_of(const Angle& angle) {
  constexpr float sine[] = {-1.0f / 6.0f, 1.0f / 120.0f, -1.0f / 5040.0f, 1.0f / 362880.0f};
  constexpr float cosine[] = {1.0f / 24.0f, -1.0f / 720.0f, 1.0f / 40320.0f, -1.0f / 3628800.0f};
  const float r = angle.rest, r2 = r * r;
  const float value = angle.quarter & 1 ? 1.0f + (r2 * -0.5f + r2 * r2 * polynomial(r2, cosine))
                                        : r + r * r2 * polynomial(r2, sine);
  return angle.quarter & 2 ? -value : value;
}

inline float sin_float(float x) {
  return float_bits(absolute_float(x)) >= 0x7f800000 ? __builtin_nanf("") : sine_of(split_angle(x));
}
inline float cos_float(float x) {
  if (float_bits(absolute_float(x)) >= 0x7f800000) return __builtin_nanf("");
  const Angle angle = split_angle(x);
  return sine_of({angle.quarter + 1, angle.rest});
}

/// The float that a 16-bit float (1 sign, 5 exponent, 10 mantissa bits) stands for. Exact.
inline float float_from_half(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16, rest = half & 0x7fff;
  if (rest >= 0x7c00) return float_from_bits(sign | 0x7f800000 | rest << 13);
  // The exponent moves by 112, also where it is 0: multiplying makes those numbers normal.
  return float_from_bits(sign | float_bits(float_from_bits(rest << 13) * 5.19229686e33f));
}

}  // namespace inkling
