// FULLY_CONNECTED: four rows of weights at a time, each against all batches; types other than int8 by
// definition, over a layer.
#pragma once
#include "inkling/kernels/hybrid.h"
#include "inkling/kernels/int4.h"
#include "inkling/kernels/layer.h"

namespace inkling {

struct MatrixShape {
  int32_t batches, depth, rows;

  template <class V>
  static void visit(V&& v, const MatrixShape& s) {
    v("batches", s.batches);
    v("depth", s.depth);
    v("rows", s.rows);
  }
};

struct FullyConnectedParams {
  MatrixShape shape;
  LayerParams layer;

  template <class V>
  static void visit(V&& v, const FullyConnectedParams& p) {
    v("shape", p.shape);
    v("layer", p.layer);
  }
};

/// -w_zero_point * sum(x - x_zero_point): what a filter's zero point, nearly always 0, adds to each sum.
inline int32_t filter_zero_point_share(const LayerParams& p, const int8_t* x, int32_t depth) {
  if (p.filter_zero_point == 0) return 0;
  int32_t sum = 0;
  for (int32_t i = 0; i < depth; ++i) sum += x[i] - p.input_zero_point;
  return wrapping_multiply(-p.filter_zero_point, sum);
}

/// Rows `r` to `r + n`, n <= 4, of all batches; `weights` is row r. `m` holds the multiplier between calls.
template <class A>
inline void multiply_four_rows(const FullyConnectedParams& p, const int8_t* x, const int8_t* weights,
                               const int32_t* bias, int32_t r, int32_t n, Multiplier* m, int8_t* output) {
  const int32_t depth = p.shape.depth, rows = p.shape.rows;
  const LayerParams& layer = p.layer;
  const OutputRange range(layer);
  const bool per_channel = layer.filter_scales.size > 1;
  Multiplier now = *m;
  for (int32_t b = 0; b < p.shape.batches; ++b, x += depth) {
    Sums sums;
    if (n == 4) {
      sums = A::dot_rows(x, layer.input_zero_point, weights, depth, depth);
    } else {
      for (int32_t i = 0; i < n; ++i)
        sums.v[i] = A::dot(x, layer.input_zero_point, weights + i * depth, depth);
    }
    const int32_t share = filter_zero_point_share(layer, x, depth);
    int8_t* to = output + b * rows + r;
    for (int32_t i = 0; i < n; ++i) {
      if (per_channel) now = layer_multiplier(layer, r + i);
      const int32_t sum = wrapping_add(wrapping_add(sums.v[i], share), bias ? bias[r + i] : 0);
      to[i] = static_cast<int8_t>(finish<A>(range, now, sum));
    }
  }
  *m = now;
}

/// input [batches, depth], weights [rows, depth], bias [rows] or null, output [batches, rows].
template <class A>
void multiply_rows(const FullyConnectedParams& p, const int8_t* input, const int8_t* weights,
                   const int32_t* bias, int8_t* output) {
  Multiplier m = layer_multiplier(p.layer, 0);
  for (int32_t r = 0; r < p.shape.rows; r += 4, weights += 4 * p.shape.depth) {
    const int32_t n = p.shape.rows - r < 4 ? p.shape.rows - r : 4;
    multiply_four_rows<A>(p, input, weights, bias, r, n, &m, output);
  }
}

/// multiply_rows with int4 weights, unpacked four rows at a time into scratch.
template <class A>
void multiply_rows_int4(const FullyConnectedParams& p, const int8_t* input, const int8_t* weights,
                        const int32_t* bias, int8_t* output, int8_t* scratch) {
  Multiplier m = layer_multiplier(p.layer, 0);
  for (int32_t r = 0; r < p.shape.rows; r += 4) {
    const int32_t n = p.shape.rows - r < 4 ? p.shape.rows - r : 4;
    unpack_int4(weights, r * p.shape.depth, n * p.shape.depth, scratch);
    multiply_four_rows<A>(p, input, scratch, bias, r, n, &m, output);
  }
}

struct FullyConnectedFloatParams {
  MatrixShape shape;
  FloatLayerParams layer;

  template <class V>
  static void visit(V&& v, const FullyConnectedFloatParams& p) {
    v("shape", p.shape);
    v("layer", p.layer);
  }
};

/// Any layer, by definition. Tensors as above.
template <class Layer, class X, class W, class Out>
void multiply_rows_plain(const MatrixShape& s, const Layer& layer, const X* input, const W* weights,
                         Out* output) {
  for (int32_t b = 0; b < s.batches; ++b, input += s.depth)
    for (int32_t r = 0; r < s.rows; ++r)
      *output++ = layer.finish(dot(layer, typename Layer::Sum{}, input, weights + r * s.depth, s.depth), r);
}

struct FullyConnectedHybridParams {
  MatrixShape shape;
  HybridParams layer;

  template <class V>
  static void visit(V&& v, const FullyConnectedHybridParams& p) {
    v("shape", p.shape);
    v("layer", p.layer);
  }
};

/// float32 inputs and outputs, int8 weights; scratch: one batch of inputs in int8.
template <class A>
void multiply_rows_hybrid(const FullyConnectedHybridParams& p, const float* input, const int8_t* weights,
                          const float* bias, float* output, int8_t* scratch) {
  const MatrixShape& s = p.shape;
  for (int32_t b = 0; b < s.batches; ++b, input += s.depth, output += s.rows)
    multiply_rows_plain({1, s.depth, s.rows}, quantize_batch<A>(p.layer, input, s.depth, bias, scratch),
                        scratch, weights, output);
}

}  // namespace inkling
