// CONV_2D by definition: any layer, over its geometry.
#pragma once
#include "inkling/kernels/hybrid.h"
#include "inkling/kernels/layer.h"
#include "inkling/kernels/window.h"

namespace inkling {

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
