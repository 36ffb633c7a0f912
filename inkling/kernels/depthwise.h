// DEPTHWISE_CONV_2D: each input channel has its own filters, `multiplier` of them. Channels go four at a time
// over the taps that lie inside the input, so that padding costs nothing.
//   out[c] = clamp(requantize(bias[c] + sum((x[c / multiplier] - x_zero_point) * w[c]), multiplier[c]) +
//   zero_point)
#pragma once
#include "inkling/kernels/convolution.h"

namespace inkling {

struct DepthwiseParams {
  Window window;
  LayerParams layer;
  int32_t depth_multiplier;

  template <class V>
  static void visit(V&& v, const DepthwiseParams& p) {
    v("window", p.window);
    v("layer", p.layer);
    v("depth_multiplier", p.depth_multiplier);
  }
};

struct DepthwiseFloatParams {
  Window window;
  FloatLayerParams layer;
  int32_t depth_multiplier;

  template <class V>
  static void visit(V&& v, const DepthwiseFloatParams& p) {
    v("window", p.window);
    v("layer", p.layer);
    v("depth_multiplier", p.depth_multiplier);
  }
};

/// The taps of one output pixel that lie inside, and where they start in the input and in the filter.
struct Patch {
  int32_t rows, columns;              ///< taps inside
  int32_t input_first, filter_first;  ///< element positions of the first tap, channel 0
  int32_t input_row, input_column;    ///< elements from tap to tap
  int32_t filter_row, filter_column;
};

inline Patch patch_at(const Window& w, int32_t y, int32_t x) {
  const Taps ky = rows_inside(w, y), kx = columns_inside(w, x);
  const int32_t in_y = ky.origin + ky.first * w.dilation_height,
                in_x = kx.origin + kx.first * w.dilation_width;
  return {ky.end - ky.first,
          kx.end - kx.first,
          (in_y * w.input_width + in_x) * w.input_channels,
          (ky.first * w.filter_width + kx.first) * w.output_channels,
          w.dilation_height * w.input_width * w.input_channels,
          w.dilation_width * w.input_channels,
          w.filter_width * w.output_channels,
          w.output_channels};
}

/// Four neighbouring outputs. `shared`: they read one input channel (multiplier >= 4), else one each
/// (multiplier 1).
template <bool shared>
inline Sums depthwise_sums(const Patch& t, const int8_t* x, const int8_t* w, int32_t zero_point) {
  int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (int32_t ky = 0; ky < t.rows; ++ky, x += t.input_row, w += t.filter_row) {
    const int8_t *from = x, *weights = w;
    for (int32_t kx = 0; kx < t.columns; ++kx, from += t.input_column, weights += t.filter_column) {
      const int32_t x0 = from[0] - zero_point;
      s0 = wrapping_add(s0, x0 * weights[0]);
      s1 = wrapping_add(s1, (shared ? x0 : from[1] - zero_point) * weights[1]);
      s2 = wrapping_add(s2, (shared ? x0 : from[2] - zero_point) * weights[2]);
      s3 = wrapping_add(s3, (shared ? x0 : from[3] - zero_point) * weights[3]);
    }
  }
  return {{s0, s1, s2, s3}};
}

/// One output alone.
inline int32_t depthwise_sum(const Patch& t, const int8_t* x, const int8_t* w, int32_t zero_point) {
  int32_t sum = 0;
  for (int32_t ky = 0; ky < t.rows; ++ky, x += t.input_row, w += t.filter_row)
    for (int32_t kx = 0; kx < t.columns; ++kx)
      sum = wrapping_add(sum, (x[kx * t.input_column] - zero_point) * w[kx * t.filter_column]);
  return sum;
}

/// input [b, ih, iw, ic], filter [1, fh, fw, oc], bias [oc] or null, output [b, oh, ow, oc], oc = ic *
/// multiplier; scratch: one Channel per output channel.
template <class A>
void depthwise(const DepthwiseParams& p, const int8_t* input, const int8_t* filter, const int32_t* bias,
               int8_t* output, Channel* channels) {
  const Window& w = p.window;
  const int32_t zero_point = p.layer.input_zero_point, multiplier = p.depth_multiplier;
  const int32_t n_outputs = w.output_channels;
  const OutputRange range(p.layer);
  derive_channels(channels, w.output_channels, p.layer, bias);
  for (int32_t b = 0; b < w.batches; ++b, input += w.input_height * w.input_width * w.input_channels) {
    for (int32_t y = 0; y < w.output_height; ++y) {
      for (int32_t x = 0; x < w.output_width; ++x, output += w.output_channels) {
        const Patch t = patch_at(w, y, x);
        const int8_t *from = input + t.input_first, *weights = filter + t.filter_first;
        int32_t o = 0;
        while (o < n_outputs) {
          // The input channel and how many outputs of it are left.
          const int32_t channel = multiplier == 1 ? o : o / multiplier;
          const bool four = multiplier == 1 ? o + 4 <= n_outputs : o + 4 <= (channel + 1) * multiplier;
          if (four) {
            const Sums sums = multiplier == 1
                                  ? depthwise_sums<false>(t, from + channel, weights + o, zero_point)
                                  : depthwise_sums<true>(t, from + channel, weights + o, zero_point);
            for (int32_t i = 0; i < 4; ++i) output[o + i] = finish<A>(range, channels[o + i], sums.v[i]);
            o += 4;
          } else {
            const int32_t sum = depthwise_sum(t, from + channel, weights + o, zero_point);
            output[o] = finish<A>(range, channels[o], sum);
            ++o;
          }
        }
      }
    }
  }
}

/// Any layer, by definition. Tensors as above; `filter` is a pointer or something that is read like one.
template <class Layer, class X, class W, class Out>
void depthwise_plain(const Window& w, int32_t depth_multiplier, const Layer& layer, const X* input, W filter,
                     Out* output) {
  for (int32_t b = 0; b < w.batches; ++b, input += w.input_height * w.input_width * w.input_channels) {
    for (int32_t y = 0; y < w.output_height; ++y) {
      for (int32_t x = 0; x < w.output_width; ++x) {
        const Patch t = patch_at(w, y, x);
        for (int32_t o = 0; o < w.output_channels; ++o) {
          const X* from = input + t.input_first + o / depth_multiplier;
          int32_t weight = t.filter_first + o;
          typename Layer::Sum sum = 0;
          for (int32_t ky = 0; ky < t.rows; ++ky, from += t.input_row, weight += t.filter_row)
            for (int32_t kx = 0; kx < t.columns; ++kx)
              sum += layer.product(from[kx * t.input_column], filter[weight + kx * t.filter_column]);
          *output++ = layer.finish(sum, o);
        }
      }
    }
  }
}

struct DepthwiseHybridParams {
  Window window;
  HybridParams layer;
  int32_t depth_multiplier;

  template <class V>
  static void visit(V&& v, const DepthwiseHybridParams& p) {
    v("window", p.window);
    v("layer", p.layer);
    v("depth_multiplier", p.depth_multiplier);
  }
};

/// float32 inputs and outputs, int8 filter; scratch: one batch of inputs in int8.
template <class A>
void depthwise_hybrid(const DepthwiseHybridParams& p, const float* input, const int8_t* filter,
                      const float* bias, float* output, int8_t* scratch) {
  for_each_batch<A>(p.layer, p.window, input, bias, output, scratch,
                    [&](const HybridLayer<A>& layer, const Window& one, float* to) {
                      depthwise_plain(one, p.depth_multiplier, layer, scratch, filter, to);
                    });
}

}  // namespace inkling
