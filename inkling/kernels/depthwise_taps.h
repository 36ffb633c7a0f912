// DEPTHWISE_CONV_2D of compiled models whose filter is one line of taps, all inside the input.
#pragma once
#include "inkling/arch/arch.h"
#include "inkling/core/op.h"
#include "inkling/kernels/window.h"

namespace inkling {

/// Whether a layer is of this kind: no padding, at least two taps in one direction, channels by fours.
inline bool is_line_of_taps(const Window& w, int32_t depth_multiplier) {
  const auto fits = [](int32_t n_outputs, int32_t stride, int32_t n_taps, int32_t dilation,
                       int32_t n_inputs) {
    return (n_outputs - 1) * stride + (n_taps - 1) * dilation < n_inputs;
  };
  const bool line = (w.filter_height == 1) != (w.filter_width == 1);
  return line && depth_multiplier == 1 && w.input_channels % 4 == 0 && w.pad_top == 0 && w.pad_left == 0 &&
         fits(w.output_height, w.stride_height, w.filter_height, w.dilation_height, w.input_height) &&
         fits(w.output_width, w.stride_width, w.filter_width, w.dilation_width, w.input_width);
}

/// The Eval of such a layer: input and a stream (arch/taps.h) for each four channels to output.
template <class A>
void eval_packed_taps(const void* params, const Io& io) {
  const auto& w = *static_cast<const Window*>(params);
  const int32_t channels = w.input_channels, line = w.input_width * channels;
  const bool upright = w.filter_width == 1;
  // Rows of outputs run along the filter.
  const int32_t x_step = upright ? w.stride_height * line : w.stride_width * channels;
  const int32_t tap_step = upright ? w.dilation_height * line : w.dilation_width * channels;
  const int32_t n_taps = upright ? w.filter_height : w.filter_width;
  const int32_t out_line = w.output_width * channels, out_step = upright ? out_line : channels;
  const int32_t n = upright ? w.output_height : w.output_width,
                n_rows = upright ? w.output_width : w.output_height;
  const int32_t next_in = upright ? w.stride_width * channels : w.stride_height * line;
  const int32_t next_out = upright ? channels : out_line;
  for (int32_t b = 0; b < w.batches; ++b) {
    const int8_t* input = io.in<int8_t>(0) + b * w.input_height * line;
    int8_t* output = io.out<int8_t>(0) + b * w.output_height * out_line;
    for (int32_t i = 0; i < n_rows; ++i, input += next_in, output += next_out) {
      const auto* stream = io.in<int32_t>(1);
      for (int32_t c = 0; c < channels; c += 4, stream += tap_words(n_taps))
        A::multiply_taps({input + c, x_step, tap_step, n_taps, stream, output + c, out_step, n});
    }
  }
}

}  // namespace inkling
