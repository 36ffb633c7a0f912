// FULLY_CONNECTED: four rows of weights at a time, each against all batches.
//   out[b, r] = clamp(requantize(bias[r] + sum((x - x_zero_point) * (w - w_zero_point)), multiplier[r])
//                     + output_zero_point)
#pragma once
#include "inkling/arch/arch.h"

namespace inkling {

struct FullyConnectedParams {
  int32_t batches, depth, rows;
  float input_scale, output_scale;
  Span<const float> filter_scales;
  int32_t low, high;
  int16_t input_zero_point, filter_zero_point, output_zero_point;
  bool per_channel;

  template <class V>
  static void visit(V&& v, const FullyConnectedParams& p) {
    v("batches", p.batches);
    v("depth", p.depth);
    v("rows", p.rows);
    v("input_scale", p.input_scale);
    v("output_scale", p.output_scale);
    v("filter_scales", p.filter_scales);
    v("low", p.low);
    v("high", p.high);
    v("input_zero_point", p.input_zero_point);
    v("filter_zero_point", p.filter_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("per_channel", p.per_channel);
  }
};

/// Row `r`'s multiplier. The reference forms the per-tensor one from a product of scales rounded to float,
/// the per-channel ones from an exact product.
inline Multiplier row_multiplier(const FullyConnectedParams& p, int32_t r) {
  return p.per_channel ? multiplier(p.input_scale, p.filter_scales[r], p.output_scale)
                       : multiplier(p.input_scale * p.filter_scales[0], 1.0f, p.output_scale);
}

/// -w_zero_point * sum(x - x_zero_point): what a filter's zero point, nearly always 0, adds to each sum.
inline int32_t filter_zero_point_share(const FullyConnectedParams& p, const int8_t* x) {
  if (p.filter_zero_point == 0) return 0;
  int32_t sum = 0;
  for (int32_t i = 0; i < p.depth; ++i) sum += x[i] - p.input_zero_point;
  return -p.filter_zero_point * sum;
}

/// input [batches, depth], weights [rows, depth], bias [rows] or null, output [batches, rows].
template <class A>
void multiply_rows(const FullyConnectedParams& p, const int8_t* input, const int8_t* weights,
                   const int32_t* bias, int8_t* output) {
  Multiplier m;
  for (int32_t r = 0; r < p.rows; r += 4, weights += 4 * p.depth) {
    const int32_t n = p.rows - r < 4 ? p.rows - r : 4;
    const int8_t* x = input;
    for (int32_t b = 0; b < p.batches; ++b, x += p.depth) {
      Sums sums;
      if (n == 4) {
        sums = A::dot_rows(x, p.input_zero_point, weights, p.depth, p.depth);
      } else {
        for (int32_t i = 0; i < n; ++i)
          sums.v[i] = A::dot(x, p.input_zero_point, weights + i * p.depth, p.depth);
      }
      const int32_t share = filter_zero_point_share(p, x);
      for (int32_t i = 0; i < n; ++i) {
        if (p.per_channel || (r == 0 && b == 0 && i == 0)) m = row_multiplier(p, r + i);
        const int32_t sum = sums.v[i] + share + (bias ? bias[r + i] : 0);
        const int32_t q = A::requantize(sum, m) + p.output_zero_point;
        output[b * p.rows + r + i] = static_cast<int8_t>(A::clamp(q, p.low, p.high));
      }
    }
  }
}

struct FullyConnectedFloatParams {
  int32_t batches, depth, rows;
  float low, high;

  template <class V>
  static void visit(V&& v, const FullyConnectedFloatParams& p) {
    v("batches", p.batches);
    v("depth", p.depth);
    v("rows", p.rows);
    v("low", p.low);
    v("high", p.high);
  }
};

inline void multiply_rows_float(const FullyConnectedFloatParams& p, const float* input, const float* weights,
                                const float* bias, float* output) {
  for (int32_t b = 0; b < p.batches; ++b, input += p.depth) {
    for (int32_t r = 0; r < p.rows; ++r) {
      const float* row = weights + r * p.depth;
      float sum = 0.0f;
      for (int32_t i = 0; i < p.depth; ++i) sum += input[i] * row[i];
      sum += bias ? bias[r] : 0.0f;
      *output++ = sum < p.low ? p.low : sum > p.high ? p.high : sum;
    }
  }
}

}  // namespace inkling
