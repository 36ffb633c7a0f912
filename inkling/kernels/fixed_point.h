// exp, reciprocal and logistic in fixed point, as the reference's quantized SOFTMAX and LOGISTIC compute
// them, bit for bit. Numbers are int32 with a stated number of fraction bits (Q31: [-1, 1), Q26: [-32, 32),
// Q27: [-16, 16)). Every product is a doubling high product: Qa * Qb is Q(a + b - 31).
#pragma once
#include "inkling/arch/arch.h"

namespace inkling {

template <class A>
struct FixedPoint {
  static constexpr int32_t kOneQ31 = INT32_MAX;

  static int32_t product(int32_t a, int32_t b) { return A::doubling_high_product(a, b); }

  /// x * 2^n, saturating.
  static int32_t shift_left(int32_t x, int32_t n) {
    const int64_t wide = static_cast<int64_t>(x) << n;
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

  /// 1 / (1 + x) in Q31 for x in [0, 1) in Q31: three Newton steps from 48/17 - 32/17 d, d = (1 + x) / 2.
  static int32_t one_over_one_plus(int32_t x) {
    constexpr int32_t c48_over_17_q29 = 1515870810, minus_32_over_17_q29 = -1010580540, one_q29 = 1 << 29;
    const auto half = static_cast<int32_t>((static_cast<int64_t>(x) + kOneQ31 + 1) >> 1);
    int32_t y = c48_over_17_q29 + product(half, minus_32_over_17_q29);
    for (int32_t i = 0; i < 3; ++i) y += shift_left(product(y, one_q29 - product(half, y)), 2);
    return shift_left(y, 1);
  }

  /// 1 / (1 + exp(-x)) in Q31 for x in Q27.
  static int32_t logistic(int32_t x) {
    if (x == 0) return 1 << 30;
    const int32_t positive = one_over_one_plus(exp_negative(x > 0 ? -x : x, 27));
    return x > 0 ? positive : kOneQ31 - positive;
  }
};

}  // namespace inkling
