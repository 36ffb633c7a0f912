// Lines: the form in which a 3x3 depthwise convolution meets machines that multiply all nine inputs of an
// output at once. What is a line and what a position, row or column, is free.
#pragma once
#include "inkling/arch/portable.h"

namespace inkling {

/// One channel: the filter's words between zeros, so that they can be read a position later, and what makes
/// an output of a sum; the bias contains the zero point.
struct LineChannel {
  uint32_t before, words[3], behind;
  Channel channel;
};

/// Four input lines of four channels; those from `first` to `end` exist, the others hold the zero point.
struct FourLines {
  const int8_t* x;  ///< of line 0, whether it exists or not
  int32_t line_step, position_step, n_positions;
  int32_t first, end;
  int32_t zero_point;
};

/// Outputs of one channel: of two lines (stride 1), or of one if `line_step` is 0; of one line (stride 2).
struct LineOutputs {
  int8_t* out;
  int32_t line_step, position_step, n_positions;
};

/// One channel of a filter, from w[line * line_step + position * position_step].
inline LineChannel line_channel(const int8_t* w, int32_t line_step, int32_t position_step,
                                const Channel& channel, int32_t zero_point) {
  LineChannel to = {0, {}, 0, channel};
  int32_t sum = 0;
  for (uint32_t& word : to.words) {
    for (int32_t line = 0; line < 3; ++line) {
      sum += w[line * line_step];
      word |= static_cast<uint32_t>(static_cast<uint8_t>(w[line * line_step])) << 8 * line;
    }
    w += position_step;
  }
  to.channel.bias = wrapping_subtract(channel.bias, zero_point * sum);
  return to;
}

}  // namespace inkling
