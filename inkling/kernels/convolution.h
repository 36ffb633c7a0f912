// CONV_2D. int8: each output pixel's inputs are gathered into a patch in the filter's order (out of bounds
// taps hold the zero point and add nothing), then dotted with the filters' rows, four at a time. Pointwise
// filters read their pixel in place. Other types: the definition, over a layer.
#pragma once
#include "inkling/kernels/hybrid.h"
#include "inkling/kernels/int4.h"
#include "inkling/kernels/layer.h"
#include "inkling/kernels/window.h"

namespace inkling {

struct Conv2dParams {
  Window window;
  LayerParams layer;
  int32_t group_channels;  ///< input channels of a group, the filter's depth
  bool pointwise;          ///< 1x1 without padding or groups: no patch needed

  template <class V>
  static void visit(V&& v, const Conv2dParams& p) {
    v("window", p.window);
    v("layer", p.layer);
    v("group_channels", p.group_channels);
    v("pointwise", p.pointwise);
  }
};

/// What requantizes one output channel. Derived for each invocation into scratch, so that a model keeps none.
struct Channel {
  int32_t bias;
  Multiplier multiplier;
};

/// Fills `channels` from the scales, one for all or one each.
inline void derive_channels(Channel* channels, int32_t n, const LayerParams& p, const int32_t* bias) {
  Multiplier m;
  for (int32_t i = 0; i < n; ++i) {
    if (i < p.filter_scales.size) m = layer_multiplier(p, i);
    channels[i] = {bias ? bias[i] : 0, m};
  }
}

inline int32_t patch_elements(const Conv2dParams& p) {
  return p.pointwise ? 0 : p.window.filter_height * p.window.filter_width * p.group_channels;
}

/// Scratch of convolve: the channels, then the patch.
inline int32_t convolve_scratch_bytes(const Conv2dParams& p) {
  return p.window.output_channels * static_cast<int32_t>(sizeof(Channel)) + patch_elements(p);
}

/// Gathers the inputs of output pixel (y, x) from channel `first` on; `fill` goes to taps outside.
template <class T>
void gather_patch(const Window& w, const T* image, int32_t y, int32_t x, int32_t first, int32_t n_channels,
                  T fill, T* patch) {
  const Taps rows = rows_inside(w, y), columns = columns_inside(w, x);
  const bool dense = w.dilation_width == 1 && n_channels == w.input_channels;
  for (int32_t ky = 0; ky < w.filter_height; ++ky) {
    const bool inside = ky >= rows.first && ky < rows.end;
    const T* row = image + (rows.origin + ky * w.dilation_height) * w.input_width * w.input_channels + first;
    for (int32_t kx = 0; kx < w.filter_width;) {
      if (inside && kx >= columns.first && kx < columns.end) {
        const int32_t n_taps = dense ? columns.end - kx : 1;
        const T* from = row + (columns.origin + kx * w.dilation_width) * w.input_channels;
        copy_bytes(patch, from, n_taps * n_channels * static_cast<int32_t>(sizeof(T)));
        patch += n_taps * n_channels;
        kx += n_taps;
      } else {
        for (const T* end = patch + n_channels; patch != end;) *patch++ = fill;
        ++kx;
      }
    }
  }
}

/// What group `g` of output pixel (y, x) reads, in the filter's order: gathered into `patch`, or in place.
inline const int8_t* inputs_of_pixel(const Conv2dParams& p, const int8_t* image, int32_t y, int32_t x,
                                     int32_t g, int8_t* patch) {
  const Window& w = p.window;
  if (p.pointwise)
    return image + (y * w.stride_height * w.input_width + x * w.stride_width) * w.input_channels;
  gather_patch(w, image, y, x, g * p.group_channels, p.group_channels,
               static_cast<int8_t>(p.layer.input_zero_point), patch);
  return patch;
}

/// One output of a channel from its sum without bias.
template <class A>
inline int8_t finish(const OutputRange& range, const Channel& channel, int32_t sum) {
  return static_cast<int8_t>(finish<A>(range, channel.multiplier, wrapping_add(sum, channel.bias)));
}

/// One pixel: n outputs from the patch x and n filter rows of `depth` elements.
template <class A>
void convolve_pixel(const LayerParams& p, const int8_t* x, const int8_t* filter, const Channel* channels,
                    int32_t depth, int32_t n, int8_t* output) {
  const OutputRange range(p);
  const int32_t zero_point = p.input_zero_point;
  for (; n >= 4; n -= 4, filter += 4 * depth, channels += 4, output += 4) {
    const Sums sums = A::dot_rows(x, zero_point, filter, depth, depth);
    for (int32_t i = 0; i < 4; ++i) output[i] = finish<A>(range, channels[i], sums.v[i]);
  }
  for (; n > 0; --n, filter += depth, ++channels)
    *output++ = finish<A>(range, *channels, A::dot(x, zero_point, filter, depth));
}

/// input [b, ih, iw, ic], filter [oc, fh, fw, group_channels], bias [oc] or null, output [b, oh, ow, oc];
/// scratch of convolve_scratch_bytes.
template <class A>
void convolve(const Conv2dParams& p, const int8_t* input, const int8_t* filter, const int32_t* bias,
              int8_t* output, void* scratch) {
  const Window& w = p.window;
  auto* channels = static_cast<Channel*>(scratch);
  auto* patch = reinterpret_cast<int8_t*>(channels + w.output_channels);
  derive_channels(channels, w.output_channels, p.layer, bias);
  const int32_t depth = w.filter_height * w.filter_width * p.group_channels;
  const int32_t n_groups = w.input_channels / p.group_channels;
  const int32_t group_outputs = w.output_channels / n_groups;
  for (int32_t b = 0; b < w.batches; ++b, input += w.input_height * w.input_width * w.input_channels) {
    for (int32_t y = 0; y < w.output_height; ++y) {
      for (int32_t x = 0; x < w.output_width; ++x) {
        for (int32_t g = 0; g < n_groups; ++g, output += group_outputs) {
          const int8_t* from = inputs_of_pixel(p, input, y, x, g, patch);
          convolve_pixel<A>(p.layer, from, filter + g * group_outputs * depth, channels + g * group_outputs,
                            depth, group_outputs, output);
        }
      }
    }
  }
}

/// Scratch of convolve_int4: that of convolve, then four rows of the filter.
inline int32_t convolve_int4_scratch_bytes(const Conv2dParams& p) {
  return convolve_scratch_bytes(p) + 4 * p.window.filter_height * p.window.filter_width * p.group_channels;
}

/// convolve with int4 weights: up to four rows of a group are unpacked, then meet all pixels.
template <class A>
void convolve_int4(const Conv2dParams& p, const int8_t* input, const int8_t* filter, const int32_t* bias,
                   int8_t* output, void* scratch) {
  const Window& w = p.window;
  auto* channels = static_cast<Channel*>(scratch);
  auto* patch = reinterpret_cast<int8_t*>(channels + w.output_channels);
  int8_t* rows = patch + patch_elements(p);
  derive_channels(channels, w.output_channels, p.layer, bias);
  const int32_t depth = w.filter_height * w.filter_width * p.group_channels;
  const int32_t group_outputs = w.output_channels / (w.input_channels / p.group_channels);
  int32_t n;
  for (int32_t o = 0; o < w.output_channels; o += n) {
    const int32_t g = o / group_outputs, left = (g + 1) * group_outputs - o;
    n = left < 4 ? left : 4;
    unpack_int4(filter, o * depth, n * depth, rows);
    const int8_t* image = input;
    int8_t* to = output + o;
    for (int32_t b = 0; b < w.batches; ++b, image += w.input_height * w.input_width * w.input_channels)
      for (int32_t y = 0; y < w.output_height; ++y)
        for (int32_t x = 0; x < w.output_width; ++x, to += w.output_channels)
          convolve_pixel<A>(p.layer, inputs_of_pixel(p, image, y, x, g, patch), rows, channels + o, depth, n,
                            to);
  }
}

struct Conv2dFloatParams {
  Window window;
  FloatLayerParams layer;
  int32_t group_channels;

  template <class V>
  static void visit(V&& v, const Conv2dFloatParams& p) {
    v("window", p.window);
    v("layer", p.layer);
    v("group_channels", p.group_channels);
  }
};

/// Any layer, by definition: taps in the reference's order, then channels. Tensors as above.
template <class Layer, class X, class W, class Out>
void convolve_plain(const Window& w, int32_t group_channels, const Layer& layer, const X* input,
                    const W* filter, Out* output) {
  const int32_t group_outputs = w.output_channels / (w.input_channels / group_channels);
  const int32_t depth = w.filter_height * w.filter_width * group_channels;
  for (int32_t b = 0; b < w.batches; ++b, input += w.input_height * w.input_width * w.input_channels) {
    for (int32_t y = 0; y < w.output_height; ++y) {
      for (int32_t x = 0; x < w.output_width; ++x) {
        const Taps rows = rows_inside(w, y), columns = columns_inside(w, x);
        for (int32_t o = 0; o < w.output_channels; ++o) {
          typename Layer::Sum sum = 0;
          for (int32_t ky = rows.first; ky < rows.end; ++ky) {
            for (int32_t kx = columns.first; kx < columns.end; ++kx) {
              const int32_t in_y = rows.origin + ky * w.dilation_height;
              const int32_t in_x = columns.origin + kx * w.dilation_width;
              const X* from = input + (in_y * w.input_width + in_x) * w.input_channels +
                              o / group_outputs * group_channels;
              const W* weights = filter + o * depth + (ky * w.filter_width + kx) * group_channels;
              sum = dot(layer, sum, from, weights, group_channels);
            }
          }
          *output++ = layer.finish(sum, o);
        }
      }
    }
  }
}

struct Conv2dHybridParams {
  Window window;
  HybridParams layer;
  int32_t group_channels;

  template <class V>
  static void visit(V&& v, const Conv2dHybridParams& p) {
    v("window", p.window);
    v("layer", p.layer);
    v("group_channels", p.group_channels);
  }
};

/// float32 inputs and outputs, int8 filter; scratch: one batch of inputs in int8.
template <class A>
void convolve_hybrid(const Conv2dHybridParams& p, const float* input, const int8_t* filter, const float* bias,
                     float* output, int8_t* scratch) {
  for_each_batch<A>(p.layer, p.window, input, bias, output, scratch,
                    [&](const HybridLayer<A>& layer, const Window& one, float* to) {
                      convolve_plain(one, p.group_channels, layer, scratch, filter, to);
                    });
}

}  // namespace inkling
