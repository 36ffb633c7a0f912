// Hybrid layers: float32 activations over int8 weights. Each batch of inputs is quantized to int8 for itself,
// sums are exact integers, and scales go back to float:
//   out[o] = clamp(bias[o] + sum((q - q_zero_point) * w[o]) * input_scale * filter_scale[o])
// The reference derives asymmetric zero points in double; here it is float, which can move one by one when it
// lies within an ulp of a tie.
#pragma once
#include "inkling/kernels/layer.h"
#include "inkling/kernels/window.h"

namespace inkling {

struct HybridParams {
  FloatLayerParams range;
  Span<const float> filter_scales;  ///< one, or one per output channel
  bool asymmetric;                  ///< inputs get a zero point

  template <class V>
  static void visit(V&& v, const HybridParams& p) {
    v("range", p.range);
    v("filter_scales", p.filter_scales);
    v("asymmetric", p.asymmetric);
  }
};

template <class A>
struct HybridLayer {
  using Sum = uint32_t;
  const HybridParams& p;
  const float* bias;
  float input_scale;
  int32_t input_zero_point;

  uint32_t product(int32_t x, int32_t w) const { return static_cast<uint32_t>((x - input_zero_point) * w); }
  float finish(uint32_t sum, int32_t o) const {
    const float scale = input_scale * p.filter_scales[p.filter_scales.size > 1 ? o : 0];
    const float total = static_cast<float>(static_cast<int32_t>(sum)) * scale + (bias ? bias[o] : 0.0f);
    return total < p.range.low ? p.range.low : total > p.range.high ? p.range.high : total;
  }
};

template <class A>
inline uint32_t dot(const HybridLayer<A>& layer, uint32_t sum, const int8_t* x, const int8_t* w, int32_t n) {
  return sum + static_cast<uint32_t>(A::dot(x, layer.input_zero_point, w, n));
}

/// A quantization of floats to int8. `inverse` is 1 / scale as the reference rounds it.
struct InputScale {
  float scale, inverse;
  int32_t zero_point;
};

/// The quantization of n floats: 0 in the middle and the largest magnitude at 127, or the whole range from
/// smallest to largest (0 included) on -128 to 127.
inline InputScale scale_of_inputs(const float* x, int32_t n, bool asymmetric) {
  float low = 0.0f, high = 0.0f;
  for (int32_t i = 0; i < n; ++i) {
    low = x[i] < low ? x[i] : low;
    high = x[i] > high ? x[i] : high;
  }
  if (low == high) return {1.0f, 1.0f, 0};
  if (!asymmetric) {
    const float range = high > -low ? high : -low;
    return {range / 127.0f, 127.0f / range, 0};
  }
  const float scale = (high - low) / 255.0f;
  // The zero point follows from the end that is nearer to it, which loses less.
  const float below = low / scale, above = high / scale;
  const int32_t zero_point =
      round_half_away(128.0f - below < 127.0f + above ? -128.0f - below : 127.0f - above);
  return {scale, 1.0f / scale, zero_point < -128 ? -128 : zero_point > 127 ? 127 : zero_point};
}

/// Quantizes n floats; symmetric ones stay above -128.
template <class A>
void quantize_inputs(const float* x, int32_t n, const InputScale& to, bool asymmetric, int8_t* q) {
  const auto zero_point = static_cast<float>(to.zero_point);
  for (int32_t i = 0; i < n; ++i)
    q[i] = static_cast<int8_t>(
        A::clamp(round_half_away(zero_point + x[i] * to.inverse), asymmetric ? -128 : -127, 127));
}

/// Quantizes n inputs into `q` and gives the layer that goes with them.
template <class A>
HybridLayer<A> quantize_batch(const HybridParams& p, const float* input, int32_t n, const float* bias,
                              int8_t* q) {
  const InputScale to = scale_of_inputs(input, n, p.asymmetric);
  quantize_inputs<A>(input, n, to, p.asymmetric, q);
  return {p, bias, to.scale, to.zero_point};
}

/// Calls f(layer, window of one batch, output) for each batch of a windowed operator; its inputs lie in `q`.
template <class A, class F>
void for_each_batch(const HybridParams& p, const Window& w, const float* input, const float* bias,
                    float* output, int8_t* q, F&& f) {
  const int32_t n_inputs = w.input_height * w.input_width * w.input_channels;
  Window one = w;
  one.batches = 1;
  for (int32_t b = 0; b < w.batches; ++b) {
    f(quantize_batch<A>(p, input, n_inputs, bias, q), one, output);
    input += n_inputs;
    output += w.output_height * w.output_width * w.output_channels;
  }
}

}  // namespace inkling
