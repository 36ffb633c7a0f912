// exp, log, reciprocals, logistic and tanh in fixed point, as the reference's quantized operators compute
// them, bit for bit. Numbers are int32 with a stated number of fraction bits (Q31: [-1, 1), Q26: [-32, 32),
// Q27: [-16, 16)). Every product is a doubling high product: Qa * Qb is Q(a + b - 31).
#pragma once
#include "inkling/arch/arch.h"

namespace inkling {

/// 1 / x of a whole number x: value / 2^31 / 2^integer_bits.
struct Reciprocal {
  int32_t value;
  int32_t integer_bits;
};

template <class A>
struct FixedPoint {
  static constexpr int32_t kOneQ31 = INT32_MAX;

  static int32_t product(int32_t a, int32_t b) { return A::doubling_high_product(a, b); }

  /// x * 2^n, saturating.
  static int32_t shift_left(int32_t x, int32_t n) {
    const int64_t wide = static_cast<int64_t>(x) * (int64_t{1} << n);
    return wide > INT32_MAX ? INT32_MAX : wide < INT32_MIN ? INT32_MIN : static_cast<int32_t>(wide);
  }

  /// exp(x) in Q31 for x in [-1/4, 0) in Q31: a Taylor series around -1/8.
  static int32_t exp_small(int32_t x) {
    constexpr int32_t exp_minus_eighth = 1895147668, third = 715827883;
    const int32_t t = x + (1 << 28);
    const int32_t t2 = product(t, t), t3 = product(t2, t), t4 = product(t2, t2);
    const int32_t quarter_t4 = A::rounding_shift(t4, 2);
    const int32_t tail = A::rounding_shift(product(quarter_t4 + t3, third) + t2, 1);
    return exp_minus_eighth + product(exp_minus_eighth, t + tail);
  }

  /// exp(x) in Q31 for x <= 0 with `fraction_bits` fraction bits (26 or 27): what is beyond a multiple of 1/4
  /// by the series, the multiples by the factors exp(-1/4), exp(-1/2), exp(-1), ... of their set bits.
  static int32_t exp_negative(int32_t x, int32_t fraction_bits) {
    constexpr int32_t factors[] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
    if (x == 0) return kOneQ31;
    const int32_t quarter = 1 << (fraction_bits - 2);
    const int32_t rest = (x & (quarter - 1)) - quarter;  // in [-1/4, 0)
    int32_t result = exp_small(static_cast<int32_t>(static_cast<uint32_t>(rest) << (31 - fraction_bits)));
    const auto multiples = static_cast<uint32_t>(rest) - static_cast<uint32_t>(x);
    const int32_t integer_bits = 31 - fraction_bits;
    for (int32_t i = 0; i < integer_bits + 2; ++i)
      if (multiples >> (fraction_bits - 2 + i) & 1) result = product(result, factors[i]);
    return result;
  }

  /// 1 / (1 + x) in Q30 for x in [0, 1) in Q31: three Newton steps from 48/17 - 32/17 d, d = (1 + x) / 2.
  static int32_t one_over_one_plus_q30(int32_t x) {
    constexpr int32_t c48_over_17_q29 = 1515870810, minus_32_over_17_q29 = -1010580540, one_q29 = 1 << 29;
    const auto half = static_cast<int32_t>((static_cast<int64_t>(x) + kOneQ31 + 1) >> 1);
    int32_t y = c48_over_17_q29 + product(half, minus_32_over_17_q29);
    for (int32_t i = 0; i < 3; ++i) y += shift_left(product(y, one_q29 - product(half, y)), 2);
    return y;  // 1 / d in Q29
  }
  /// 1 / (1 + x) in Q31.
  static int32_t one_over_one_plus(int32_t x) { return shift_left(one_over_one_plus_q30(x), 1); }

  /// 1 / x for x >= 1: its leading one becomes the 1 of 1 / (1 + y), the bits below it y.
  static Reciprocal reciprocal(uint32_t x) {
    const int32_t zeros = __builtin_clz(x);
    return {one_over_one_plus(static_cast<int32_t>((x << zeros) - (uint32_t{1} << 31))), 31 - zeros};
  }

  /// 1 / (1 + exp(-x)) in Q31 for x in Q27.
  static int32_t logistic(int32_t x) {
    if (x == 0) return 1 << 30;
    const int32_t positive = one_over_one_plus(exp_negative(x > 0 ? -x : x, 27));
    return x > 0 ? positive : kOneQ31 - positive;
  }

  /// tanh(x) = (1 - e) / (1 + e) in Q31 for x in Q27, e = exp(-2 |x|), as 2 / (1 + e) - 1.
  static int32_t tanh(int32_t x) {
    if (x == 0) return 0;
    const int32_t e = exp_negative(x > 0 ? -x : x, 26);  // the same bits, read as twice the number
    const int32_t positive = shift_left(one_over_one_plus_q30(e) - (1 << 29), 2);
    return x > 0 ? positive : -positive;
  }

  /// 1 / sqrt(x) for x >= 0, as a multiplier; 1 stands in for 0. x is scaled by powers of 4 to x' in
  /// [2^27, 2^29), read as [1/4, 1), for which Newton's y (3 - x' y^2) / 2 converges from 1 in five steps.
  static Multiplier one_over_square_root(int32_t x) {
    if (x <= 1) return {kOneQ31, 0};
    constexpr int32_t one_q28 = 1 << 28, three_halves_q28 = 3 << 27, half_sqrt_2_q31 = 1518500250;
    int32_t right = 11;
    for (; x >= 1 << 29; x /= 4) ++right;
    const int32_t pairs = (__builtin_clz(static_cast<uint32_t>(x)) - 1) / 2 - 1;
    right -= pairs;
    const int32_t scaled_q28 = x << (2 * pairs) >> 1, half_x = A::rounding_shift(scaled_q28, 1);
    int32_t y = one_q28;
    for (int32_t i = 0; i < 5; ++i) {
      const int32_t y3 = shift_left(product(product(y, y), y), 6);
      y = shift_left(product(three_halves_q28, y) - product(half_x, y3), 3);
    }
    y = product(y, half_sqrt_2_q31);
    return right < 0 ? Multiplier{shift_left(y, -right), 0} : Multiplier{y, -right};
  }

  /// ln(x) in Q26 for x >= 1 in Q19. x = 2^n r with r near 2^(-1/4); of two such pairs, half a step apart,
  /// the one with the larger n is taken, and ln r comes from a quotient of polynomials in r - 2^(-1/4).
  static int32_t log(int32_t x) {
    constexpr int32_t ln_2 = 1488522236, half_sqrt_2 = 1518500250, fourth_root_of_half = 1805811301;
    constexpr int32_t alpha_n = 117049297, alpha_d = 127690142, alpha_i = 1057819769, alpha_f = 638450708;
    constexpr int32_t integer_bits = 12, quarter_q25 = 1 << 23;
    const int32_t zeros_a = __builtin_clz(static_cast<uint32_t>(x));
    const int32_t r_a = shift_left(product(shift_left(x, zeros_a - 1), half_sqrt_2), 1);
    const int32_t n_a = shift_left(integer_bits - zeros_a, 25) + quarter_q25;
    const int32_t zeros_b = __builtin_clz(static_cast<uint32_t>(product(x, half_sqrt_2))) - 1;
    const int32_t r_b = shift_left(x, zeros_b);
    const int32_t n_b = shift_left(integer_bits - zeros_b, 25) - quarter_q25;
    const int32_t r = r_a < r_b ? r_a : r_b, n = n_a > n_b ? n_a : n_b;
    const auto p = static_cast<int32_t>((int64_t{r} + fourth_root_of_half + 1) >> 1);
    const int32_t q = 2 * (r - fourth_root_of_half), q2 = product(q, q);
    const int32_t numerator = product(q, r) + product(product(q, q2), alpha_n);
    const int32_t denominator = product(p, alpha_i + q + product(alpha_d, q2)) + product(alpha_f, q);
    const int32_t quotient = product(A::rounding_shift(numerator, 6), one_over_one_plus(denominator));
    return shift_left(product(n, ln_2) + quotient, 1);
  }
};

}  // namespace inkling
