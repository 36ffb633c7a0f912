// L2_NORMALIZATION: each row over its Euclidean length.
#pragma once
#include "inkling/kernels/fixed_point.h"
#include "inkling/kernels/float_math.h"

namespace inkling {

struct L2NormParams {
  int32_t rows, depth, input_zero_point;

  template <class V>
  static void visit(V&& v, const L2NormParams& p) {
    v("rows", p.rows);
    v("depth", p.depth);
    v("input_zero_point", p.input_zero_point);
  }
};

/// The output has scale 1/128 and zero point 0. The sum of squares of 2^15 elements is below 2^31; longer
/// ones stop there.
template <class A>
void l2_normalize(const L2NormParams& p, const int8_t* input, int8_t* output) {
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    uint32_t sum = 0;
    for (int32_t i = 0; i < p.depth && sum <= INT32_MAX; ++i) {
      const int32_t x = input[i] - p.input_zero_point;
      sum += static_cast<uint32_t>(x * x);
    }
    Multiplier m =
        FixedPoint<A>::one_over_square_root(static_cast<int32_t>(sum > INT32_MAX ? INT32_MAX : sum));
    m.shift += 7;
    for (int32_t i = 0; i < p.depth; ++i)
      output[i] = static_cast<int8_t>(A::clamp(A::requantize(input[i] - p.input_zero_point, m), -128, 127));
  }
}

inline void l2_normalize_float(const L2NormParams& p, const float* input, float* output) {
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    float sum = 0.0f;
    for (int32_t i = 0; i < p.depth; ++i) sum += input[i] * input[i];
    const float length = square_root_float(sum);
    for (int32_t i = 0; i < p.depth; ++i) output[i] = input[i] / (length < 1e-6f ? 1e-6f : length);
  }
}

}  // namespace inkling
