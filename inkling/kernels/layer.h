// Layer: what convolutions and matrix products share whatever their geometry - how one input and one weight
// multiply, and how a sum becomes an output. A kernel in its plain form walks its geometry and leaves the
// arithmetic to a layer; int8 has fast kernels beside it.
//   out[o] = clamp(requantize(bias[o] + sum((x - x_zero_point) * (w - w_zero_point)), multiplier[o])
//                  + output_zero_point)
// Sums wrap like the reference's when they pass their width.
#pragma once
#include "inkling/arch/arch.h"
#include "inkling/core/memory.h"

namespace inkling {

/// Scales, zero points and range of a quantized layer.
struct LayerParams {
  float input_scale, output_scale;
  Span<const float> filter_scales;  ///< one, or one per output channel
  Multiplier one;                   ///< of all channels, where there is one filter scale
  int16_t low, high;                ///< the activation's range
  int16_t input_zero_point, filter_zero_point, output_zero_point;
  bool usual;  ///< of FULLY_CONNECTED: A::finish makes all outputs

  template <class V>
  static void visit(V&& v, const LayerParams& p) {
    v("input_scale", p.input_scale);
    v("output_scale", p.output_scale);
    v("filter_scales", p.filter_scales);
    v("multiplier", p.one.value);
    v("shift", p.one.shift);
    v("low", p.low);
    v("high", p.high);
    v("input_zero_point", p.input_zero_point);
    v("filter_zero_point", p.filter_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("usual", p.usual);
  }
};

/// Range of a layer in float32.
struct FloatLayerParams {
  float low, high;

  template <class V>
  static void visit(V&& v, const FloatLayerParams& p) {
    v("low", p.low);
    v("high", p.high);
  }
};

/// The multiplier of filter scale number `i`.
inline Multiplier layer_multiplier(const LayerParams& p, int32_t i) {
  return p.filter_scales.size == 1 ? p.one : multiplier(p.input_scale, p.filter_scales[i], p.output_scale);
}

/// The multipliers of a layer, one for all channels or one each, derived for each invocation into scratch so
/// that a model keeps none.
class Multipliers {
 public:
  Multipliers(const LayerParams& p, void* scratch)
      : list_(static_cast<Multiplier*>(scratch)), mask_(p.filter_scales.size > 1 ? -1 : 0) {
    for (int32_t i = 0; i < p.filter_scales.size; ++i) list_[i] = layer_multiplier(p, i);
  }
  static int32_t scratch_bytes(const LayerParams& p) {
    return p.filter_scales.size * static_cast<int32_t>(sizeof(Multiplier));
  }
  const Multiplier& operator[](int32_t channel) const { return list_[channel & mask_]; }

 private:
  Multiplier* list_;
  int32_t mask_;
};

/// Where a layer's outputs lie. Kernels keep a copy in registers: the compiler must think that a stored int8
/// may change anything behind a pointer.
struct OutputRange {
  int32_t zero_point, low, high;
  explicit OutputRange(const LayerParams& p) : zero_point(p.output_zero_point), low(p.low), high(p.high) {}
};

/// Requantizes a sum that has its bias, adds the zero point and clamps.
template <class A>
inline int32_t finish(const OutputRange& range, const Multiplier& m, int32_t sum) {
  return A::clamp(wrapping_add(A::requantize(sum, m), range.zero_point), range.low, range.high);
}

/// One output of any channel from its sum with bias. Rarely needed, and kept out of loops.
template <class A>
[[gnu::noinline, gnu::cold]] int8_t finish_unusual(const LayerParams& p, Multiplier m, int32_t sum) {
  return static_cast<int8_t>(finish<A>(OutputRange(p), m, sum));
}

/// Gives a channel its rounding. Says whether A::finish makes its outputs of sums below 2^30 in magnitude.
inline bool round_channel(Channel* c, int32_t zero_point) {
  if (c->shift < 1 || c->shift > 22) return false;
  c->rounding = (1 << c->shift >> 1) + zero_point * (1 << c->shift);
  return true;
}

/// Whether A::finish makes a channel's outputs when products add up to at most `reach` in magnitude. If it
/// can, makes the channel ready. Large shifts go with large biases, in channels that are practically
/// constant: their outputs have two values at most, and the channel becomes a threshold, a sum's sign.
template <class A>
bool make_usual(Channel* channel, const LayerParams& p, int32_t reach) {
  Channel& c = *channel;
  const int32_t limit = (1 << 30) - reach;
  if (c.bias < limit && c.bias > -limit && round_channel(channel, p.output_zero_point)) return true;
  if (c.shift < 0 || c.bias > INT32_MAX - reach || c.bias < -INT32_MAX + reach) return false;
  int32_t low = c.bias - reach, high = c.bias + reach;
  const Multiplier m = {c.value, -c.shift};
  const int32_t lowest = finish_unusual<A>(p, m, low), highest = finish_unusual<A>(p, m, high);
  if (highest > lowest + 1) return false;
  while (low + 1 < high && highest != lowest) {
    const int32_t middle = low + (high - low) / 2;
    (finish_unusual<A>(p, m, middle) == lowest ? low : high) = middle;
  }
  // With value 0 the output is (rounding + sign) / 2, rounded down.
  c = {highest == lowest ? 0 : c.bias - high, 0, 2 * highest + (highest == lowest), 1};
  return true;
}

/// Fills `channels` with a layer's biases and multipliers.
inline void fill_channels(Channel* channels, int32_t n, const LayerParams& p, const int32_t* bias) {
  const bool per_channel = p.filter_scales.size > 1;
  const MultiplierSeries series(p.input_scale, p.output_scale);
  for (int32_t i = 0; i < n; ++i) {
    const Multiplier m = per_channel ? series(p.filter_scales[i]) : p.one;
    channels[i] = {bias ? bias[i] : 0, m.value, 0, -m.shift};
  }
}

/// Fills `channels` for a layer of n outputs over `depth` int8 products each. Says whether A::finish may make
/// its outputs; otherwise finish_unusual makes them.
template <class A>
bool derive_channels(Channel* channels, int32_t n, int32_t depth, const LayerParams& p, const int32_t* bias) {
  fill_channels(channels, n, p, bias);
  if (p.low != -128 || p.high != 127 || depth >= 1 << 14) return false;
  for (int32_t i = 0; i < n; ++i) {
    if (make_usual<A>(channels + i, p, 255 * 128 * depth)) continue;
    fill_channels(channels, n, p, bias);
    return false;
  }
  return true;
}

/// One output from its sum without bias; `usual` is what derive_channels said of the layer.
template <class A>
inline int8_t finish(bool usual, const LayerParams& p, const Channel& c, int32_t sum) {
  sum = wrapping_add(sum, c.bias);
  return usual ? A::finish(sum, c) : finish_unusual<A>(p, {c.value, -c.shift}, sum);
}

/// The sum of products of n neighbouring inputs and weights, added to `sum`.
template <class Layer, class X, class W>
inline typename Layer::Sum dot(const Layer& layer, typename Layer::Sum sum, const X* x, const W* w,
                               int32_t n) {
  for (int32_t i = 0; i < n; ++i) sum += layer.product(x[i], w[i]);
  return sum;
}

/// int8 inputs and weights (or int4 weights, read as int8); the weights' zero point is 0.
template <class A>
struct Int8Layer {
  using Input = int8_t;
  using Weight = int8_t;
  using Bias = int32_t;
  using Sum = uint32_t;
  const LayerParams& p;
  Multipliers multipliers;
  const int32_t* bias;
  int32_t input_zero_point = p.input_zero_point;

  uint32_t product(int32_t x, int32_t w) const { return static_cast<uint32_t>((x - input_zero_point) * w); }
  int8_t finish(uint32_t sum, int32_t o) const {
    const uint32_t total = sum + static_cast<uint32_t>(bias ? bias[o] : 0);
    return static_cast<int8_t>(
        inkling::finish<A>(OutputRange(p), multipliers[o], static_cast<int32_t>(total)));
  }
};

template <class A>
inline uint32_t dot(const Int8Layer<A>& layer, uint32_t sum, const int8_t* x, const int8_t* w, int32_t n) {
  return sum + static_cast<uint32_t>(A::dot(x, layer.input_zero_point, w, n));
}

/// Inputs, weights and outputs of 8 bits, T, with zero points of their own: uint8 models, products of int8
/// matrices.
template <class A, class T>
struct AsymmetricLayer {
  using Input = T;
  using Weight = T;
  using Bias = int32_t;
  using Sum = uint32_t;
  const LayerParams& p;
  Multipliers multipliers;
  const int32_t* bias;
  int32_t input_zero_point = p.input_zero_point, filter_zero_point = p.filter_zero_point;

  uint32_t product(int32_t x, int32_t w) const {
    return static_cast<uint32_t>((x - input_zero_point) * (w - filter_zero_point));
  }
  T finish(uint32_t sum, int32_t o) const {
    const uint32_t total = sum + static_cast<uint32_t>(bias ? bias[o] : 0);
    return static_cast<T>(inkling::finish<A>(OutputRange(p), multipliers[o], static_cast<int32_t>(total)));
  }
};

/// x * multiplier as the reference scales sums of 64 bits: the multiplier is cut to 16 bits, the product
/// rounded once, halves up. The multiplier's shift is at most 14 (prepare has checked that).
inline int32_t requantize_wide(int64_t x, Multiplier m) {
  const int32_t reduced = m.value < 0x7fff0000 ? (m.value + (1 << 15)) >> 16 : 0x7fff;
  const int32_t shift = 15 - m.shift;
  const uint64_t product =
      static_cast<uint64_t>(x) * static_cast<uint64_t>(reduced) + (uint64_t{1} << (shift - 1));
  return static_cast<int32_t>(static_cast<int64_t>(product) >> shift);
}

/// int16 inputs without zero point. The sum's width follows the model's bias and decides how it is scaled:
/// 32 bits as everywhere, 64 bits with requantize_wide.
template <class A, class S, class B>
struct Int16Layer {
  using Input = int16_t;
  using Weight = int8_t;
  using Bias = B;
  using Sum = S;
  const LayerParams& p;
  Multipliers multipliers;
  const Bias* bias;

  static Sum product(int32_t x, int32_t w) { return static_cast<Sum>(x * w); }
  int16_t finish(Sum sum, int32_t o) const {
    // 64-bit constants of a model lie at multiples of 4.
    const Sum total = sum + static_cast<Sum>(bias ? load<Bias>(bias + o) : 0);
    int32_t q;
    if constexpr (sizeof(Sum) == 4)
      q = A::requantize(static_cast<int32_t>(total), multipliers[o]);
    else
      q = requantize_wide(static_cast<int64_t>(total), multipliers[o]);
    return static_cast<int16_t>(A::clamp(q, p.low, p.high));
  }
};

struct FloatLayer {
  using Sum = float;
  float low, high;
  const float* bias;

  static float product(float x, float w) { return x * w; }
  float finish(float sum, int32_t o) const {
    sum += bias ? bias[o] : 0.0f;
    return sum < low ? low : sum > high ? high : sum;
  }
};

}  // namespace inkling
