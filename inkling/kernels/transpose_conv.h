// TRANSPOSE_CONV: each output gathers what the inputs under the filter put there, in the order in which the
// reference scatters it. No sums are kept in memory.
#pragma once
#include "inkling/kernels/layer.h"
#include "inkling/kernels/window.h"

namespace inkling {

/// The window is that of the convolution that goes the other way: its input is this operator's output.
struct TransposeConvParams {
  Window window;
  LayerParams layer;

  template <class V>
  static void visit(V&& v, const TransposeConvParams& p) {
    v("window", p.window);
    v("layer", p.layer);
  }
};

struct TransposeConvFloatParams {
  Window window;
  FloatLayerParams layer;

  template <class V>
  static void visit(V&& v, const TransposeConvFloatParams& p) {
    v("window", p.window);
    v("layer", p.layer);
  }
};

/// The positions of an axis, `first` to before `end`, whose filter of `n_taps` reaches `place` (an output
/// position plus the padding); position i reaches it with tap place - i * stride.
struct Reach {
  int32_t first, end;
};

inline Reach reach_of(int32_t place, int32_t stride, int32_t n_taps, int32_t n_positions) {
  const int32_t first = place < n_taps ? 0 : (place - n_taps) / stride + 1, end = place / stride + 1;
  return {first, end < n_positions ? end : n_positions};
}

/// input [b, ih, iw, ic], filter [oc, fh, fw, ic], output [b, oh, ow, oc].
template <class Layer, class X, class W, class Out>
void convolve_transposed(const Window& w, const Layer& layer, const X* input, const W* filter, Out* output) {
  const int32_t depth = w.output_channels, row = w.output_width * depth;
  for (int32_t b = 0; b < w.batches; ++b, input += w.output_height * row) {
    for (int32_t y = w.pad_top; y < w.pad_top + w.input_height; ++y) {
      const Reach rows = reach_of(y, w.stride_height, w.filter_height, w.output_height);
      for (int32_t x = w.pad_left; x < w.pad_left + w.input_width; ++x) {
        const Reach columns = reach_of(x, w.stride_width, w.filter_width, w.output_width);
        for (int32_t o = 0; o < w.input_channels; ++o) {
          typename Layer::Sum sum = 0;
          for (int32_t in_y = rows.first; in_y < rows.end; ++in_y) {
            const int32_t taps = (o * w.filter_height + y - in_y * w.stride_height) * w.filter_width;
            for (int32_t in_x = columns.first; in_x < columns.end; ++in_x)
              sum = dot(layer, sum, input + in_y * row + in_x * depth,
                        filter + (taps + x - in_x * w.stride_width) * depth, depth);
          }
          *output++ = layer.finish(sum, o);
        }
      }
    }
  }
}

}  // namespace inkling
