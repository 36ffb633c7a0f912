// Taps: the form in which a depthwise convolution whose filter is a line meets machines that multiply pairs
// of int16 - two neighbouring taps of one channel share a word - and the same in plain C++.
#pragma once
#include "inkling/arch/planes.h"

namespace inkling {

/// Four channels of n outputs: out[i * out_step + c] from x[i * x_step + k * tap_step + c], k of n_taps, at
/// least two. Of an odd number the last pair begins with the tap before it, whose weight is 0. The stream:
///   the bias of each channel, doubled, with the zero point;
///   for each pair of taps the doubled weights of each channel;
///   value, rounding and shift of each channel.
struct TapRow {
  const int8_t* x;
  int32_t x_step, tap_step, n_taps;
  const int32_t* stream;
  int8_t* out;
  int32_t out_step, n;
};

/// Words of the stream.
constexpr int32_t tap_words(int32_t n_taps) {
  return 16 + 4 * ((n_taps + 1) / 2);
}

/// The definition of A::multiply_taps.
inline void multiply_taps_plainly(const TapRow& row) {
  const int32_t n_pairs = (row.n_taps + 1) / 2;
  const int32_t *weights = row.stream + 4, *channels = weights + 4 * n_pairs;
  const int8_t* x = row.x;
  int8_t* out = row.out;
  for (int32_t i = 0; i < row.n; ++i, x += row.x_step, out += row.out_step) {
    for (int32_t c = 0; c < 4; ++c) {
      int32_t sum = row.stream[c];
      for (int32_t k = 0; k < n_pairs; ++k) {
        const int32_t first = k == n_pairs - 1 ? row.n_taps - 2 : 2 * k, word = weights[4 * k + c];
        sum += x[first * row.tap_step + c] * static_cast<int16_t>(word) +
               x[(first + 1) * row.tap_step + c] * (word >> 16);
      }
      const int32_t* channel = channels + 3 * c;
      out[c] = finish_plane<false>(sum, {{}, 0, channel[0], channel[1], channel[2]});
    }
  }
}

}  // namespace inkling
