// DEPTHWISE_CONV_2D: each input channel has its own filters, `multiplier` of them. Outputs go four at a time
// over the taps that lie inside the input; 3x3 has a way of its own on some machines (depthwise_planes.h).
//   out[c] = clamp(requantize(bias[c] + sum((x[c / multiplier] - x_zero_point) * w[c]), multiplier[c]) +
//   zero_point)
#pragma once
#include "inkling/kernels/convolution.h"
#include "inkling/kernels/depthwise_lines.h"
#include "inkling/kernels/depthwise_planes.h"
#include "inkling/kernels/hybrid.h"
#include "inkling/kernels/int4.h"

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

/// The same taps with the longer side as rows' length, which makes inner loops long.
inline Patch lengthwise(const Patch& t) {
  if (t.columns >= t.rows) return t;
  return {t.columns,      t.rows,      t.input_first,   t.filter_first,
          t.input_column, t.input_row, t.filter_column, t.filter_row};
}

/// Four neighbouring outputs, which read one input channel each (multiplier 1) or share one.
template <class A>
inline Sums depthwise_sums(const Patch& t, bool shared, const int8_t* x, const int8_t* w,
                           int32_t zero_point) {
  Sums sums = {};
  for (int32_t ky = 0; ky < t.rows; ++ky, x += t.input_row, w += t.filter_row) {
    if (shared)
      A::add_shared_taps(x, zero_point, t.input_column, w, t.filter_column, t.columns, &sums);
    else
      A::add_taps(x, zero_point, t.input_column, w, t.filter_column, t.columns, &sums);
  }
  return sums;
}

/// One output alone.
inline int32_t depthwise_sum(const Patch& t, const int8_t* x, const int8_t* w, int32_t zero_point) {
  int32_t sum = 0;
  for (int32_t ky = 0; ky < t.rows; ++ky, x += t.input_row, w += t.filter_row)
    for (int32_t kx = 0; kx < t.columns; ++kx)
      sum = wrapping_add(sum, (x[kx * t.input_column] - zero_point) * w[kx * t.filter_column]);
  return sum;
}

/// One pixel of a layer.
template <class A>
void depthwise_pixel(const DepthwiseParams& p, bool usual, const Patch& t, const int8_t* input,
                     const int8_t* filter, const Channel* channels, int8_t* output) {
  const int32_t zero_point = p.layer.input_zero_point, multiplier = p.depth_multiplier;
  const int32_t n_outputs = p.window.output_channels;
  const bool shared = multiplier != 1;
  int32_t end = shared ? 0 : n_outputs;  // of the outputs that can be made together
  for (int32_t o = 0; o < n_outputs;) {
    if (o == end) end += multiplier;
    const int8_t* x = input + t.input_first + (shared ? end / multiplier - 1 : o);
    const int8_t* w = filter + t.filter_first + o;
    const int32_t n = end - o >= 4 ? 4 : 1;
    const Sums sums =
        n == 4 ? depthwise_sums<A>(t, shared, x, w, zero_point) : Sums{{depthwise_sum(t, x, w, zero_point)}};
    for (int32_t i = 0; i < n; ++i, ++o) output[o] = finish<A>(usual, p.layer, channels[o], sums.v[i]);
  }
}

/// A layer of one input channel is a convolution whose filter lies the other way round: where that is small
/// enough to be turned in scratch, machines with tiles take it as one.
inline Patches as_convolution(const DepthwiseParams& p) {
  return {p.window, 1, p.layer.input_zero_point, false};
}
inline int32_t filter_bytes(const Window& w) {
  return w.filter_height * w.filter_width * w.output_channels;
}
inline bool is_convolution(const Window& w) {
  return w.input_channels == 1 && w.output_channels > 1 && filter_bytes(w) <= 2048;
}

template <class A>
void depthwise_as_convolution(const DepthwiseParams& p, const int8_t* input, const int8_t* filter,
                              Channel* channels, int8_t* output, int8_t* scratch) {
  const int32_t n_outputs = p.window.output_channels, depth = filter_bytes(p.window) / n_outputs;
  int8_t* turned = scratch;
  for (int32_t o = 0; o < n_outputs; ++o)
    for (int32_t k = 0; k < depth; ++k) *turned++ = filter[k * n_outputs + o];
  // Tiles want words.
  int8_t* inputs = scratch + ((turned - scratch + 3) & ~3);
  const Patches convolution = as_convolution(p);
  if constexpr (A::kBlocks)
    convolve_blocks<A>(convolution, input, scratch, channels, output, inputs);
  else
    convolve_tiles<A>(convolution, input, scratch, channels, output, inputs);
}

/// Scratch of depthwise, on all machines: the channels, then planes, or a filter and what convolve needs.
inline int32_t depthwise_scratch_bytes(const DepthwiseParams& p) {
  const Window& w = p.window;
  if (is_convolution(w)) return convolve_scratch_bytes(as_convolution(p)) + filter_bytes(w) + 3;
  return w.output_channels * static_cast<int32_t>(sizeof(Channel)) +
         (fits_planes(w, p.depth_multiplier) ? depthwise_planes_scratch_bytes(w) : 0);
}

/// How outputs may overlap inputs, as of window_lead, but exactly: channels that are made one after the other
/// must stay with their own.
inline int32_t depthwise_lead(const DepthwiseParams& p) {
  const Window& w = p.window;
  if (fits_in_place(w, p.depth_multiplier)) return 0;
  const int32_t lead = window_lead(w, 1);
  const int32_t none = w.batches * w.output_height * w.output_width * w.output_channels;
  int32_t unit = p.depth_multiplier == 1 ? w.input_channels : 1;
  if (lead >= none) return none;
  // Of odd channels the last four are made twice. High pictures, and those of upright filters, may be made by
  // columns.
  const bool planes_by_rows = w.input_channels % 4 == 0 && w.output_height <= w.output_width;
  if (fits_planes(w, p.depth_multiplier) && !planes_by_rows) return none;
  if (w.filter_width == 1 && w.output_width > 1) return none;
  while (unit % 8 != 0) unit *= 2;  // the arena's alignment
  return (lead + unit - 1) / unit * unit;
}

/// Slides three rows of the input, whose middle one becomes row `y`, before a row of outputs takes its place.
inline void slide_rows(const Window& w, const int8_t* image, int32_t y, int8_t* rows) {
  const int32_t row = w.input_width * w.input_channels;
  if (y == 0) copy_bytes(rows + 2 * row, image, row);
  move_bytes(rows, rows + row, 2 * row);
  if (y + 1 < w.input_height) copy_bytes(rows + 2 * row, image + (y + 1) * row, row);
}

/// input [b, ih, iw, ic], filter [1, fh, fw, oc], bias [oc] or null, output [b, oh, ow, oc], oc = ic *
/// multiplier; scratch of depthwise_scratch_bytes.
template <class A>
void depthwise(const DepthwiseParams& p, const int8_t* input, const int8_t* filter, const int32_t* bias,
               int8_t* output, void* scratch) {
  const Window& w = p.window;
  auto* channels = static_cast<Channel*>(scratch);
  const bool usual =
      derive_channels<A>(channels, w.output_channels, w.filter_height * w.filter_width, p.layer, bias);
  if constexpr (A::kLines)
    if (usual && fits_lines(w, p.depth_multiplier, input))
      return depthwise_lines<A>(w, p.layer.input_zero_point, input, filter, channels, output,
                                channels + w.output_channels);
  if constexpr (A::kPlanes)
    if (usual && fits_planes(w, p.depth_multiplier))
      return depthwise_planes<A>(w, p.layer.input_zero_point, input, filter, channels, output,
                                 channels + w.output_channels);
  if constexpr (A::kTiles || A::kBlocks)
    if (usual && is_convolution(w) && (A::kTiles || fits_blocks(as_convolution(p))) &&
        takes_filter<A>(as_convolution(p), filter))
      return depthwise_as_convolution<A>(p, input, filter, channels, output,
                                         reinterpret_cast<int8_t*>(channels + w.output_channels));
  const int32_t row = w.input_width * w.input_channels;
  auto* rows = input == output ? reinterpret_cast<int8_t*>(channels + w.output_channels) : nullptr;
  for (int32_t b = 0; b < w.batches; ++b, input += w.input_height * row) {
    for (int32_t y = 0; y < w.output_height; ++y) {
      if (rows) slide_rows(w, input, y, rows);
      for (int32_t x = 0; x < w.output_width; ++x, output += w.output_channels) {
        Patch patch = patch_at(w, y, x);
        if (rows) patch.input_first -= (y - 1) * row;
        depthwise_pixel<A>(p, usual, lengthwise(patch), rows ? rows : input, filter, channels, output);
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
