// DEPTHWISE_CONV_2D 3x3 on machines that multiply nine inputs at once: four channels at a time are turned
// from lines into words of four lines, position by position (in an order of the machine's own), and a
// channel's outputs are made of its words. Positions run along the longer side of the output. Outside the
// input lies its zero point, whose share the bias takes back.
#pragma once
#include "inkling/arch/lines.h"
#include "inkling/kernels/depthwise_planes.h"

namespace inkling {

/// Whether a convolution can be made in lines; its scratch is that of planes.
inline bool fits_lines(const Window& w, int32_t depth_multiplier, const int8_t* input) {
  return fits_planes(w, depth_multiplier) && w.input_channels % 4 == 0 &&
         reinterpret_cast<uintptr_t>(input) % 4 == 0;
}

/// Puts outputs of four channels that have waited in scratch, n_lines after each other, into their places.
inline void release_lines(const PlaneLayout& layout, const int8_t* from, int32_t n_lines, int8_t* to) {
  for (; n_lines > 0; --n_lines, to += layout.lines.output_step)
    for (int32_t i = 0; i < layout.positions.n_outputs; ++i, from += 4)
      copy_bytes(to + i * layout.positions.output_step, from, 4);
}

/// A usual layer. Tensors as of depthwise. Where the outputs take the place of the inputs, those of a pass
/// wait until the next one has its inputs.
template <class A>
void depthwise_lines(const Window& w, int32_t zero_point, const int8_t* input, const int8_t* filter,
                     const Channel* channels, int8_t* output, void* scratch) {
  const PlaneLayout layout(w);
  const PlaneAxis &lines = layout.lines, &positions = layout.positions;
  auto* four = static_cast<LineChannel*>(scratch);
  auto* words = reinterpret_cast<int8_t*>(four + 4);
  int8_t* const waiting = input == output ? words + 16 * layout.n_positions : nullptr;
  const int32_t room = layout.n_positions - positions.pad;
  const int32_t n = positions.n_inputs < room ? positions.n_inputs : room;
  for (int32_t i = 0; i < 16 * layout.n_positions; ++i) words[i] = static_cast<int8_t>(zero_point);
  for (int32_t c = 0; c < w.input_channels; c += 4) {
    for (int32_t i = 0; i < 4; ++i)
      four[i] =
          line_channel(filter + c + i, lines.filter_step, positions.filter_step, channels[c + i], zero_point);
    const int8_t* image = input + c;
    int8_t* out = output + c;
    for (int32_t b = 0; b < w.batches; ++b) {
      for (int32_t pass = 0; pass < layout.n_passes; ++pass) {
        const int32_t origin = 2 * pass - lines.pad, behind = lines.n_inputs - origin;
        A::gather_lines({image + origin * lines.input_step, lines.input_step, positions.input_step, n,
                         origin < 0 ? -origin : 0, behind < 4 ? behind : 4, zero_point},
                        words + 16 * positions.pad);
        const int32_t line = layout.stride == 1 ? 2 * pass : pass;
        if (waiting && pass > 0) release_lines(layout, waiting, 2, out + (line - 2) * lines.output_step);
        const bool two = line + 1 < lines.n_outputs;
        for (int32_t i = 0; i < 4; ++i) {
          const LineOutputs outputs =
              waiting ? LineOutputs{waiting + i, two ? 4 * positions.n_outputs : 0, 4, positions.n_outputs}
                      : LineOutputs{out + line * lines.output_step + i, two ? lines.output_step : 0,
                                    positions.output_step, positions.n_outputs};
          layout.stride == 1 ? A::multiply_lines(words, i, four[i], outputs)
                             : A::multiply_lines_by_two(words, i, four[i], outputs);
        }
        if (waiting && pass + 1 == layout.n_passes)
          release_lines(layout, waiting, two ? 2 : 1, out + line * lines.output_step);
      }
      image += w.input_height * w.input_width * w.input_channels;
      out += w.output_height * w.output_width * w.input_channels;
    }
  }
}

}  // namespace inkling
