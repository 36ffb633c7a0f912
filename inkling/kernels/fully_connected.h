// FULLY_CONNECTED: four rows of weights at a time, each against all batches; types other than int8 by
// definition, over a layer.
#pragma once
#include "inkling/kernels/hybrid.h"
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

/// Adds -w_zero_point * sum(x - x_zero_point) to the sums: the share of a filter's zero point, nearly always
/// 0.
[[gnu::noinline, gnu::cold]] inline void add_filter_zero_point(const LayerParams& p, const int8_t* x,
                                                               int32_t depth, Sums* sums) {
  int32_t sum = 0;
  for (int32_t i = 0; i < depth; ++i) sum += x[i] - p.input_zero_point;
  for (int32_t& v : sums->v) v = wrapping_add(v, wrapping_multiply(-p.filter_zero_point, sum));
}

/// The last rows, fewer than four.
template <class A>
[[gnu::noinline, gnu::cold]] Sums dot_few_rows(const int8_t* x, int32_t zero_point, const int8_t* w,
                                               int32_t depth, int32_t n) {
  Sums sums;
  for (int32_t i = 0; i < n; ++i) sums.v[i] = A::dot(x, zero_point, w + i * depth, depth);
  return sums;
}

/// Outputs of n rows, the first being `r`, from their sums; any layer.
template <class A>
[[gnu::noinline, gnu::cold]] void finish_rows_unusual(const LayerParams& p, const Sums& sums,
                                                      const int32_t* bias, int32_t r, int32_t n,
                                                      int8_t* output) {
  for (int32_t i = 0; i < n; ++i) {
    const Multiplier m = layer_multiplier(p, p.filter_scales.size > 1 ? r + i : 0);
    output[i] = finish_unusual<A>(p, m, bias ? wrapping_add(sums.v[i], bias[r + i]) : sums.v[i]);
  }
}

/// The same for a usual layer; `bias` is that of the first of the rows.
template <class A>
[[gnu::noinline]] void finish_rows(const Channel& channel, const Sums& sums, const int32_t* bias, int32_t n,
                                   int8_t* output) {
  const Channel c = channel;
  for (const int32_t *sum = sums.v, *end = sum + n; sum != end;)
    *output++ = A::finish(wrapping_add(*sum++, *bias++), c);
}

/// Whether A::finish makes all outputs of a layer: it has one multiplier, which allows that, and biases that
/// keep sums small.
[[gnu::cold]] inline bool is_usual(const FullyConnectedParams& p, const int32_t* bias) {
  Channel c = {0, p.layer.one.value, 0, -p.layer.one.shift};
  if (p.layer.low != -128 || p.layer.high != 127 || p.layer.filter_scales.size != 1 ||
      p.shape.depth >= 1 << 14 || !round_channel(&c, p.layer.output_zero_point))
    return false;
  const int32_t limit = (1 << 30) - 255 * 255 * p.shape.depth;
  for (int32_t i = 0; bias && i < p.shape.rows; ++i)
    if (bias[i] >= limit || bias[i] <= -limit) return false;
  return true;
}

/// The channel of a layer with one multiplier.
inline Channel channel_of(const LayerParams& p) {
  Channel c = {0, p.one.value, 0, -p.one.shift};
  round_channel(&c, p.output_zero_point);
  return c;
}

/// The rows that the machine makes by itself, in fours. Returns how many; the others are multiply_rows' part.
/// Tensors as there.
template <class A>
int32_t multiply_rows_in_fours(const FullyConnectedParams& p, const int8_t* input, const int8_t* weights,
                               const int32_t* bias, int8_t* output) {
  const int32_t depth = p.shape.depth, n = p.shape.rows & ~3;
  if (!p.layer.usual || p.layer.filter_zero_point != 0 || !bias || depth % 4 != 0 || n == 0) return 0;
  const Channel c = channel_of(p.layer);
  for (int32_t b = p.shape.batches; b > 0; --b, input += depth, output += p.shape.rows)
    A::multiply_rows(
        {input, input + depth, weights, depth, bias, output, output + n, c.value, c.rounding, c.shift, 0},
        p.layer.input_zero_point);
  return n;
}

/// input [batches, depth], weights [rows, depth], bias [rows] or null, output [batches, rows], from row `r`
/// on. Four rows at a time meet all batches; `rows_at(r, n)` points to n rows of weights from row `r` on.
template <class A, class F>
void multiply_rows(const FullyConnectedParams& p, int32_t r, const int8_t* input, F&& rows_at,
                   const int32_t* bias, int8_t* output) {
  static constexpr int32_t no_bias[4] = {};
  const int32_t depth = p.shape.depth, zero_point = p.layer.input_zero_point;
  const Channel c = channel_of(p.layer);
  int32_t n;
  for (; r < p.shape.rows; r += n) {
    n = p.shape.rows - r < 4 ? p.shape.rows - r : 4;
    const int8_t *weights = rows_at(r, n), *x = input;
    int8_t* to = output + r;
    for (int32_t b = p.shape.batches; b > 0; --b, x += depth, to += p.shape.rows) {
      Sums sums = n == 4 ? A::dot_rows(x, zero_point, weights, depth, depth)
                         : dot_few_rows<A>(x, zero_point, weights, depth, n);
      if (p.layer.filter_zero_point != 0) add_filter_zero_point(p.layer, x, depth, &sums);
      if (p.layer.usual)
        finish_rows<A>(c, sums, bias ? bias + r : no_bias, n, to);
      else
        finish_rows_unusual<A>(p.layer, sums, bias, r, n, to);
    }
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
