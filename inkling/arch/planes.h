// Planes: the form in which a 3x3 depthwise convolution meets machines that multiply pairs of int16 - channel
// by channel, each word two neighbouring lines at one position - and the same in plain C++. What is a line
// and what a position, row or column, is free.
#pragma once
#include <stdint.h>

#include "inkling/core/memory.h"

namespace inkling {

/// One channel: for each position j of the filter the pairs of lines (0, 1) and (1, 2), all weights and the
/// bias doubled, as the high product wants them; the bias contains the zero point.
struct PlaneChannel {
  uint32_t weights[6];
  int32_t bias, value, rounding, shift;
};

/// Four channels of two lines of outputs (stride 1) or one (stride 2).
struct Planes {
  const uint32_t* pairs;  ///< of the first channel: position by position the pairs of lines (0, 1) and (2, 3)
  int32_t plane_bytes;    ///< from channel to channel
  const PlaneChannel* channels;
  int8_t* out;
  int32_t position_bytes, line_bytes;  ///< from output to output; line_bytes 0 leaves the second line out
  int32_t n;                           ///< positions
};

inline uint32_t plane_pair(int32_t low, int32_t high) {
  return static_cast<uint32_t>(high) << 16 | (static_cast<uint32_t>(low) & 0xffff);
}

/// The definition of A::split_planes: four channels of two lines become pairs in planes, from a[i * a_step]
/// and b[i * b_step] to every second word of each plane, n positions.
inline void split_planes_plainly(const int8_t* a, int32_t a_step, const int8_t* b, int32_t b_step, int32_t n,
                                 int32_t plane_words, uint32_t* to) {
  for (; n > 0; --n, a += a_step, b += b_step, to += 2)
    for (int32_t c = 0; c < 4; ++c) to[c * plane_words] = plane_pair(a[c], b[c]);
}

/// An output of a doubled sum. Where the output's zero point is -128 (`rectified`) negative sums saturate,
/// and their rounding does not matter.
template <bool rectified>
inline int8_t finish_plane(int32_t twice_sum, const PlaneChannel& c) {
  const auto product = static_cast<int32_t>((int64_t{twice_sum} * c.value + (int64_t{1} << 31)) >> 32);
  const int32_t out = (product + c.rounding + (rectified ? 0 : twice_sum >> 31)) >> c.shift;
  return static_cast<int8_t>(out < -128 ? -128 : out > 127 ? 127 : out);
}

/// The definition of A::multiply_planes.
template <bool rectified>
void multiply_planes_plainly(const Planes& planes, int32_t stride) {
  const auto low = [](uint32_t pair) { return static_cast<int32_t>(static_cast<int16_t>(pair)); };
  const auto high = [](uint32_t pair) { return static_cast<int32_t>(pair) >> 16; };
  for (int32_t c = 0; c < 4; ++c) {
    const PlaneChannel& channel = planes.channels[c];
    const uint32_t* x = planes.pairs + c * planes.plane_bytes / 4;
    int8_t* out = planes.out + c;
    for (int32_t i = 0; i < planes.n; ++i, x += 2 * stride, out += planes.position_bytes) {
      int32_t sums[2] = {channel.bias, channel.bias};
      for (int32_t j = 0; j < 3; ++j) {
        const uint32_t first = x[2 * j], last = x[2 * j + 1];
        const uint32_t upper = channel.weights[2 * j], lower = channel.weights[2 * j + 1];
        sums[0] += low(first) * low(upper) + high(first) * high(upper) + low(last) * high(lower);
        if (stride == 1)
          sums[1] += high(first) * low(upper) + low(last) * low(lower) + high(last) * high(lower);
      }
      out[0] = finish_plane<rectified>(sums[0], channel);
      if (stride == 1 && planes.line_bytes != 0)
        out[planes.line_bytes] = finish_plane<rectified>(sums[1], channel);
    }
  }
}

/// The filter of one channel, w[line * line_step + position * position_step], and what makes an output of its
/// sum: `value`, `rounding` and `shift` as of Channel, and the bias.
inline PlaneChannel plane_channel(const int8_t* w, int32_t line_step, int32_t position_step,
                                  int32_t x_zero_point, int32_t bias, int32_t value, int32_t rounding,
                                  int32_t shift) {
  PlaneChannel to = {{}, 0, value, rounding, shift};
  int32_t sum = 0;
  for (int32_t j = 0; j < 3; ++j, w += position_step) {
    const int32_t first = w[0], middle = w[line_step], last = w[2 * line_step];
    to.weights[2 * j] = plane_pair(2 * first, 2 * middle);
    to.weights[2 * j + 1] = plane_pair(2 * middle, 2 * last);
    sum += first + middle + last;
  }
  to.bias = 2 * (bias - x_zero_point * sum);
  return to;
}

}  // namespace inkling
