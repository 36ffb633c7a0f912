// CONV_2D. Quantized: each output pixel's inputs are gathered into a patch in the filter's order (out of
// bounds taps hold the zero point and add nothing), then dotted with the filters' rows, four at a time.
// Pointwise filters read their pixel in place. Float: the definition.
//   out[o] = clamp(requantize(bias[o] + sum((x - x_zero_point) * w[o]), multiplier[o]) + output_zero_point)
// The sum wraps like the reference's when it passes 2^31.
#pragma once
#include "inkling/arch/arch.h"
#include "inkling/core/memory.h"
#include "inkling/kernels/window.h"

namespace inkling {

struct Conv2dParams {
  Window window;
  float input_scale, output_scale;
  Span<const float> filter_scales;
  int32_t group_channels;  ///< input channels of a group, the filter's depth
  int32_t low, high;       ///< the activation's range
  int16_t input_zero_point, output_zero_point;
  bool pointwise;  ///< 1x1 without padding or groups: no patch needed

  template <class V>
  static void visit(V&& v, const Conv2dParams& p) {
    Window::visit(v, p.window);
    v("input_scale", p.input_scale);
    v("output_scale", p.output_scale);
    v("filter_scales", p.filter_scales);
    v("group_channels", p.group_channels);
    v("low", p.low);
    v("high", p.high);
    v("input_zero_point", p.input_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("pointwise", p.pointwise);
  }
};

/// What requantizes one output channel. Derived for each invocation into scratch, so that a model keeps none.
struct Channel {
  int32_t bias;
  Multiplier multiplier;
};

/// Fills `channels` from the scales, one for all or one each.
inline void derive_channels(Channel* channels, int32_t n, float input_scale,
                            const Span<const float>& filter_scales, float output_scale, const int32_t* bias) {
  Multiplier m;
  for (int32_t i = 0; i < n; ++i) {
    if (i < filter_scales.size) m = multiplier(input_scale, filter_scales[i], output_scale);
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

/// Requantizes, adds the zero point, clamps and stores one output.
template <class A>
inline int8_t finish(const Conv2dParams& p, const Channel& channel, int32_t sum) {
  const int32_t q = A::requantize(sum + channel.bias, channel.multiplier) + p.output_zero_point;
  return static_cast<int8_t>(A::clamp(q, p.low, p.high));
}

/// One pixel: n outputs from the patch x and n filter rows of `depth` elements.
template <class A>
void convolve_pixel(const Conv2dParams& p, const int8_t* x, const int8_t* filter, const Channel* channels,
                    int32_t depth, int32_t n, int8_t* output) {
  for (; n >= 4; n -= 4, filter += 4 * depth, channels += 4, output += 4) {
    const Sums sums = A::dot_rows(x, p.input_zero_point, filter, depth, depth);
    for (int32_t i = 0; i < 4; ++i) output[i] = finish<A>(p, channels[i], sums.v[i]);
  }
  for (; n > 0; --n, filter += depth, ++channels)
    *output++ = finish<A>(p, *channels, A::dot(x, p.input_zero_point, filter, depth));
}

/// input [b, ih, iw, ic], filter [oc, fh, fw, group_channels], bias [oc] or null, output [b, oh, ow, oc];
/// scratch of convolve_scratch_bytes.
template <class A>
void convolve(const Conv2dParams& p, const int8_t* input, const int8_t* filter, const int32_t* bias,
              int8_t* output, void* scratch) {
  const Window& w = p.window;
  auto* channels = static_cast<Channel*>(scratch);
  auto* patch = reinterpret_cast<int8_t*>(channels + w.output_channels);
  derive_channels(channels, w.output_channels, p.input_scale, p.filter_scales, p.output_scale, bias);
  const int32_t depth = w.filter_height * w.filter_width * p.group_channels;
  const int32_t n_groups = w.input_channels / p.group_channels;
  const int32_t group_outputs = w.output_channels / n_groups;
  for (int32_t b = 0; b < w.batches; ++b, input += w.input_height * w.input_width * w.input_channels) {
    for (int32_t y = 0; y < w.output_height; ++y) {
      for (int32_t x = 0; x < w.output_width; ++x) {
        const int8_t* pixel =
            input + (y * w.stride_height * w.input_width + x * w.stride_width) * w.input_channels;
        for (int32_t g = 0; g < n_groups; ++g, output += group_outputs) {
          if (!p.pointwise) {
            gather_patch(w, input, y, x, g * p.group_channels, p.group_channels,
                         static_cast<int8_t>(p.input_zero_point), patch);
            pixel = patch;
          }
          convolve_pixel<A>(p, pixel, filter + g * group_outputs * depth, channels + g * group_outputs, depth,
                            group_outputs, output);
        }
      }
    }
  }
}

struct Conv2dFloatParams {
  Window window;
  int32_t group_channels;
  float low, high;

  template <class V>
  static void visit(V&& v, const Conv2dFloatParams& p) {
    Window::visit(v, p.window);
    v("group_channels", p.group_channels);
    v("low", p.low);
    v("high", p.high);
  }
};

/// The same in float32, summed in the reference's order: taps, then channels, then the bias.
inline void convolve_float(const Conv2dFloatParams& p, const float* input, const float* filter,
                           const float* bias, float* output) {
  const Window& w = p.window;
  const int32_t group_outputs = w.output_channels / (w.input_channels / p.group_channels);
  const int32_t depth = w.filter_height * w.filter_width * p.group_channels;
  for (int32_t b = 0; b < w.batches; ++b, input += w.input_height * w.input_width * w.input_channels) {
    for (int32_t y = 0; y < w.output_height; ++y) {
      for (int32_t x = 0; x < w.output_width; ++x) {
        const Taps rows = rows_inside(w, y), columns = columns_inside(w, x);
        for (int32_t o = 0; o < w.output_channels; ++o) {
          const float* row = filter + o * depth;
          float sum = 0.0f;
          for (int32_t ky = rows.first; ky < rows.end; ++ky) {
            for (int32_t kx = columns.first; kx < columns.end; ++kx) {
              const int32_t in_y = rows.origin + ky * w.dilation_height;
              const int32_t in_x = columns.origin + kx * w.dilation_width;
              const float* from = input + (in_y * w.input_width + in_x) * w.input_channels +
                                  o / group_outputs * p.group_channels;
              const float* weights = row + (ky * w.filter_width + kx) * p.group_channels;
              for (int32_t c = 0; c < p.group_channels; ++c) sum += from[c] * weights[c];
            }
          }
          sum += bias ? bias[o] : 0.0f;
          *output++ = sum < p.low ? p.low : sum > p.high ? p.high : sum;
        }
      }
    }
  }
}

}  // namespace inkling
