// SOFTMAX over the last dimension.
//   out = exp((x - max) * beta) / sum(exp((x - max) * beta))
// int8: the exponent in Q26, sums in Q19, as the reference.
#pragma once
#include "inkling/kernels/fixed_point.h"
#include "inkling/kernels/float_math.h"

namespace inkling {

struct SoftmaxParams {
  int32_t rows, depth;
  int32_t multiplier, shift;    ///< from differences of inputs to Q26
  int32_t smallest_difference;  ///< below it exp counts as 0

  template <class V>
  static void visit(V&& v, const SoftmaxParams& p) {
    v("rows", p.rows);
    v("depth", p.depth);
    v("multiplier", p.multiplier);
    v("shift", p.shift);
    v("smallest_difference", p.smallest_difference);
  }
};

/// Out is int8 (scale 1/256, zero point -128) or int16 (scale 1/65536, zero point -32768).
template <class A, class Out>
void softmax_rows(const SoftmaxParams& p, const int8_t* input, Out* output) {
  using F = FixedPoint<A>;
  constexpr int32_t bits = 8 * static_cast<int32_t>(sizeof(Out)), low = -(1 << (bits - 1)), high = -low - 1;
  const auto exponential = [&](int32_t difference) {
    const auto shifted = static_cast<int32_t>(static_cast<uint32_t>(difference) << p.shift);
    return F::exp_negative(A::doubling_high_product(shifted, p.multiplier), 26);
  };
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    int32_t largest = -128;
    for (int32_t i = 0; i < p.depth; ++i) largest = input[i] > largest ? input[i] : largest;
    uint32_t sum = 0;  // Q19
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[i] - largest;
      if (difference >= p.smallest_difference)
        sum += static_cast<uint32_t>(A::rounding_shift(exponential(difference), 12));
    }
    const Reciprocal scale = F::reciprocal(sum ? sum : 1);
    const int32_t right = scale.integer_bits - 19 + 31 - bits;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[i] - largest;
      int32_t value = low;
      if (difference >= p.smallest_difference)
        value += A::rounding_shift(F::product(scale.value, exponential(difference)), right);
      output[i] = static_cast<Out>(A::clamp(value, low, high));
    }
  }
}

struct SoftmaxFloatParams {
  int32_t rows, depth;
  float beta;

  template <class V>
  static void visit(V&& v, const SoftmaxFloatParams& p) {
    v("rows", p.rows);
    v("depth", p.depth);
    v("beta", p.beta);
  }
};

inline void softmax_rows_float(const SoftmaxFloatParams& p, const float* input, float* output) {
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    float largest = -3.4028235e38f, sum = 0.0f;
    for (int32_t i = 0; i < p.depth; ++i) largest = input[i] > largest ? input[i] : largest;
    for (int32_t i = 0; i < p.depth; ++i) sum += output[i] = exp_float((input[i] - largest) * p.beta);
    for (int32_t i = 0; i < p.depth; ++i) output[i] /= sum;
  }
}

}  // namespace inkling
