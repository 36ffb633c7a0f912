// The fixed-point functions that the reference's quantized SOFTMAX and LOGISTIC are defined by. `qN` numbers
// have N bits before the point and 31 - N behind.
#pragma once
#include "tests/naive/quantized.h"

namespace inkling::naive {

/// x * 2^n to the nearest (halves away from zero), saturating.
inline int32_t scale_by_power(int32_t x, int32_t n) {
  if (n < 0) return divide_by_power(x, -n);
  return static_cast<int32_t>(clamp(std::ldexp(static_cast<double>(x), n), INT32_MIN, INT32_MAX));
}

/// A real constant with `integer_bits` bits before the point.
inline int32_t fixed(double real, int32_t integer_bits) {
  return static_cast<int32_t>(clamp(std::round(std::ldexp(real, 31 - integer_bits)), INT32_MIN, INT32_MAX));
}

/// exp(a) in q0 for a in [-1/4, 0) in q0: the series around -1/8 to the fourth power.
inline int32_t exp_near_zero(int32_t a) {
  const int32_t x = a + fixed(0.125, 0), x2 = doubling_high(x, x), x3 = doubling_high(x2, x);
  const int32_t x4_over_4 = scale_by_power(doubling_high(x2, x2), -2);
  const int32_t higher = scale_by_power(doubling_high(x4_over_4 + x3, fixed(1.0 / 3, 0)) + x2, -1);
  const int32_t base = fixed(std::exp(-0.125), 0);
  return base + doubling_high(base, x + higher);
}

/// exp(a) in q0 for a <= 0 with `integer_bits`: exp of what is left modulo 1/4, times exp of every power of
/// two in the rest.
inline int32_t exp_of_negative(int32_t a, int32_t integer_bits) {
  if (a == 0) return INT32_MAX;
  const int32_t one_quarter = 1 << (31 - integer_bits - 2);
  const int32_t modulo = (a & (one_quarter - 1)) - one_quarter;
  int32_t result = exp_near_zero(scale_by_power(modulo, integer_bits));
  const int64_t rest = int64_t{modulo} - a;
  for (int32_t exponent = -2; exponent < integer_bits; ++exponent)
    if (rest & (int64_t{1} << (31 - integer_bits + exponent)))
      result = doubling_high(result, fixed(std::exp(-std::exp2(exponent)), 0));
  return result;
}

/// 1 / (1 + a) in q0 for a in [0, 1) in q0: three steps of Newton's method.
inline int32_t reciprocal_of_one_plus(int32_t a) {
  const auto half = static_cast<int32_t>((int64_t{a} + INT32_MAX + 1) / 2);
  int32_t x = fixed(48.0 / 17, 2) + doubling_high(half, fixed(-32.0 / 17, 2));
  for (int32_t i = 0; i < 3; ++i) {
    const int32_t rest = fixed(1, 2) - doubling_high(half, x);
    x += scale_by_power(doubling_high(x, rest), 2);
  }
  return scale_by_power(x, 1);
}

/// log(a) with `output_bits` for a >= 1 with `input_bits`: a is 2^n r, where r is near sqrt(sqrt(1/2)), from
/// a itself or from a sqrt(1/2); log(r) by a quotient of polynomials around there.
inline int32_t log_of_at_least_one(int32_t a, int32_t input_bits, int32_t output_bits) {
  const int32_t accumulator_bits = output_bits + 1;
  const auto leading_zeros = [](int32_t x) { return x == 0 ? 32 : __builtin_clz(static_cast<uint32_t>(x)); };
  const auto in_accumulator = [&](int32_t x) { return scale_by_power(x, 31 - accumulator_bits); };
  const double root = std::sqrt(0.5), root_root = std::sqrt(root);
  const int32_t quarter = scale_by_power(fixed(0.25, 0), -accumulator_bits);

  const int32_t zeros = leading_zeros(a);
  const int32_t r_a = scale_by_power(doubling_high(scale_by_power(a, zeros - 1), fixed(root, 0)), 1);
  const int32_t power_a = in_accumulator(input_bits - zeros) + quarter;
  const int32_t headroom_b = leading_zeros(doubling_high(a, fixed(root, 0))) - 1;
  const int32_t r_b = scale_by_power(a, headroom_b);
  const int32_t power_b = in_accumulator(input_bits - headroom_b) - quarter;

  const int32_t r = std::min(r_a, r_b), power = std::max(power_a, power_b);
  const auto p = static_cast<int32_t>((int64_t{r} + fixed(root_root, 0) + 1) / 2);
  const int32_t q = 2 * (r - fixed(root_root, 0)), q2 = doubling_high(q, q);
  const int32_t alpha_n = fixed(11.0 / 240 / root_root, 0), alpha_d = fixed(1.0 / 20 / root_root, 0);
  const int32_t alpha_i = fixed(2 * root_root - 1 / root_root, 0), alpha_f = fixed(0.25 / root_root, 0);
  const int32_t numerator = doubling_high(q, r) + doubling_high(doubling_high(q, q2), alpha_n);
  const int32_t denominator =
      doubling_high(p, alpha_i + q + doubling_high(alpha_d, q2)) + doubling_high(alpha_f, q);
  const int32_t quotient = doubling_high(numerator, reciprocal_of_one_plus(denominator));
  const int32_t sum =
      doubling_high(power, fixed(std::log(2), 0)) + scale_by_power(quotient, -accumulator_bits);
  return scale_by_power(sum, accumulator_bits - output_bits);
}

}  // namespace inkling::naive
