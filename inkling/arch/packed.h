// Packed weights: the form in which the model compiler leaves the weights of int8 layers for machines that
// multiply pairs of int16, and what multiplies them in plain C++. Leaves out packing, which is the desk's.
//
// Two output channels a and b share a word for two elements k and l of the depth: each half is w_a + 256 w_b.
// The product of pairs with the word itself sums S = Y_a + 256 Y_b, that with its low bytes Y_a; S - Y_a is
// 256 Y_b as long as |Y_b| < 2^23. So one widening serves two channels, and weights take no more flash.
#pragma once
#include <stdint.h>

namespace inkling {

/// Products of two pixels with packed weights: out[pixel][i] of n_channels channels. `inputs` is what widen()
/// made of both pixels. The stream of each four channels a, b, c, d, the last of which may be fillers:
///   bias_a + 256 bias_b, bias_a, bias_c + 256 bias_d, bias_c;
///   for each step of four elements the words of (a, b) and (c, d) for elements 0 and 2, then 1 and 3;
///   value, rounding and shift of a, b, c and d.
struct PackedTile {
  const void *inputs, *inputs_end;
  const int32_t* stream;
  int32_t n_channels;
  int8_t* out[2];
};

/// Words of the stream of four channels, without and with what belongs to a step.
constexpr int32_t kPackedFrame = 16;
constexpr int32_t packed_words(int32_t n_steps) {
  return kPackedFrame + 4 * n_steps;
}

/// value * 2 sum / 2^32, rounded or cut, plus the rounding, shifted to the right and saturated.
inline int8_t finish_packed(int64_t twice_sum, const int32_t* channel, int32_t half_below, int32_t sign) {
  const int64_t product = (twice_sum * channel[0] + half_below * (int64_t{1} << 31)) >> 32;
  const int64_t rounded = (product + channel[1] + sign) >> channel[2];
  return static_cast<int8_t>(rounded < -128 ? -128 : rounded > 127 ? 127 : rounded);
}

/// Two channels of one pixel from S, which becomes 256 Y_b, and Y_a. Where the output's zero point is -128
/// (`rectified`) negative sums saturate, so that their rounding does not matter and b needs no halving.
template <bool rectified>
inline void finish_packed_pair(uint32_t s, uint32_t y, const int32_t* channels, int32_t n, int8_t* out) {
  const auto a = static_cast<int32_t>(y), b = static_cast<int32_t>(s - y);
  out[0] = finish_packed(2 * int64_t{a}, channels, 1, rectified ? 0 : a >> 31);
  if (n < 2) return;
  out[1] = rectified ? finish_packed(b, channels + 3, 0, 0) : finish_packed(b >> 7, channels + 3, 1, b >> 31);
}

/// The sum of products of two pairs.
inline uint32_t multiply_pairs(const int16_t* x, int32_t first, int32_t second) {
  return static_cast<uint32_t>(x[0] * first) + static_cast<uint32_t>(x[1] * second);
}

/// The definition of A::multiply_packed.
template <bool rectified>
void multiply_packed_plainly(const PackedTile& tile) {
  const int32_t* stream = tile.stream;
  for (int32_t o = 0; o < tile.n_channels; o += 4) {
    uint32_t sums[2][4];  // of a pixel: S and Y of (a, b), then of (c, d)
    for (int32_t i = 0; i < 8; ++i) sums[i / 4][i % 4] = static_cast<uint32_t>(stream[i % 4]);
    stream += 4;
    const auto* end = static_cast<const int16_t*>(tile.inputs_end);
    for (const auto* x = static_cast<const int16_t*>(tile.inputs); x != end; x += 8, stream += 4) {
      for (int32_t i = 0; i < 8; ++i) {
        const int32_t word = stream[i % 4], pixel = i / 4;
        const int16_t* pair = x + 4 * pixel + 2 * (i % 4 / 2);
        uint32_t* sum = sums[pixel] + 2 * (i % 2);
        sum[0] += multiply_pairs(pair, static_cast<int16_t>(word), word >> 16);
        sum[1] += multiply_pairs(pair, static_cast<int8_t>(word), static_cast<int8_t>(word >> 16));
      }
    }
    const int32_t n = tile.n_channels - o;
    for (int32_t pixel = 0; pixel < 2; ++pixel) {
      finish_packed_pair<rectified>(sums[pixel][0], sums[pixel][1], stream, n, tile.out[pixel] + o);
      if (n > 2)
        finish_packed_pair<rectified>(sums[pixel][2], sums[pixel][3], stream + 6, n - 2,
                                      tile.out[pixel] + o + 2);
    }
    stream += 12;
  }
}

/// Products of one input, int8 with its zero point, whole steps, with packed weights: out[i] of n_channels
/// channels. The stream is that of PackedTile; its biases take the zero point's share back.
struct PackedRows {
  const int8_t *x, *x_end;
  const int32_t* stream;
  int32_t n_channels;
  int8_t* out;
};

/// The definition of A::multiply_packed_rows.
template <bool rectified>
void multiply_packed_rows_plainly(const PackedRows& rows) {
  const int32_t* stream = rows.stream;
  for (int32_t o = 0; o < rows.n_channels; o += 4) {
    uint32_t sums[4];  // S and Y of (a, b), then of (c, d)
    for (uint32_t& sum : sums) sum = static_cast<uint32_t>(*stream++);
    for (const int8_t* x = rows.x; x != rows.x_end; x += 4, stream += 4) {
      for (int32_t i = 0; i < 4; ++i) {
        const int32_t word = stream[i];
        const int16_t pair[2] = {x[i / 2], x[i / 2 + 2]};
        sums[i % 2 * 2] += multiply_pairs(pair, static_cast<int16_t>(word), word >> 16);
        sums[i % 2 * 2 + 1] +=
            multiply_pairs(pair, static_cast<int8_t>(word), static_cast<int8_t>(word >> 16));
      }
    }
    const int32_t n = rows.n_channels - o;
    finish_packed_pair<rectified>(sums[0], sums[1], stream, n, rows.out + o);
    if (n > 2) finish_packed_pair<rectified>(sums[2], sums[3], stream + 6, n - 2, rows.out + o + 2);
    stream += 12;
  }
}

}  // namespace inkling
