// DEPTHWISE_CONV_2D 3x3 on machines that multiply nine inputs at once: four channels at a time are turned
// from lines into words of four lines, position by position, and a channel's outputs are made of its words.
// Positions run along the longer side of the output. Outside the input lies its zero point, whose share the
// bias takes back.
#pragma once
#include "inkling/arch/lines.h"
#include "inkling/kernels/depthwise_planes.h"

namespace inkling {

/// Whether a convolution can be made in lines; its scratch is that of planes.
inline bool fits_lines(const Window& w, int32_t depth_multiplier, const int8_t* input) {
  return fits_planes(w, depth_multiplier) && w.input_channels % 4 == 0 &&
         reinterpret_cast<uintptr_t>(input) % 4 == 0;
}

/// A usual layer. Tensors as of depthwise.
template <class A>
void depthwise_lines(const Window& w, int32_t zero_point, const int8_t* input, const int8_t* filter,
                     const Channel* channels, int8_t* output, void* scratch) {
  const PlaneLayout layout(w);
  const PlaneAxis &lines = layout.lines, &positions = layout.positions;
  auto* four = static_cast<LineChannel*>(scratch);
  auto* words = reinterpret_cast<int8_t*>(four + 4);
  const int32_t room = layout.n_positions - positions.pad;
  const int32_t n = positions.n_inputs < room ? positions.n_inputs : room;
  for (int32_t i = 0; i < 16 * layout.n_positions; ++i) words[i] = static_cast<int8_t>(zero_point);
  for (int32_t c = 0; c < w.input_channels; c += 4) {
    for (int32_t i = 0; i < 4; ++i)
      four[i] = A::line_channel(filter + c + i, lines.filter_step, positions.filter_step, channels[c + i],
                                zero_point);
    const int8_t* image = input + c;
    int8_t* out = output + c;
    for (int32_t b = 0; b < w.batches; ++b) {
      for (int32_t pass = 0; pass < layout.n_passes; ++pass) {
        const int32_t origin = 2 * pass - lines.pad, behind = lines.n_inputs - origin;
        A::gather_lines({image + origin * lines.input_step, lines.input_step, positions.input_step, n,
                         origin < 0 ? -origin : 0, behind < 4 ? behind : 4, zero_point},
                        words + 16 * positions.pad);
        const int32_t line = layout.stride == 1 ? 2 * pass : pass;
        const int32_t second = line + 1 < lines.n_outputs ? lines.output_step : 0;
        for (int32_t i = 0; i < 4; ++i) {
          const LineOutputs outputs = {out + line * lines.output_step + i, second, positions.output_step,
                                       positions.n_outputs};
          layout.stride == 1 ? A::multiply_lines(words + 4 * i, four[i], outputs)
                             : A::multiply_lines_by_two(words + 4 * i, four[i], outputs);
        }
      }
      image += w.input_height * w.input_width * w.input_channels;
      out += w.output_height * w.output_width * w.input_channels;
    }
  }
}

}  // namespace inkling
