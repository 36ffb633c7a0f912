// Portable: what a machine must be able to do for the kernels, in plain C++. A machine inherits it and hides
// what it does better; its results are equal bit for bit.
#pragma once
#include "inkling/arch/packed.h"
#include "inkling/arch/planes.h"
#include "inkling/arch/taps.h"
#include "inkling/core/memory.h"
#include "inkling/core/multiplier.h"
#include "inkling/core/span.h"
#include "inkling/core/wrap.h"

namespace inkling {

/// Four int32 sums.
struct Sums {
  int32_t v[4];
};

/// What turns a sum into one output channel, derived for each invocation into scratch: a bias and a
/// multiplier value * 2^-(31 + shift). `rounding` is half of 2^shift and, shifted likewise, the output's zero
/// point.
struct Channel {
  int32_t bias, value, rounding, shift;
};

/// Rows of weights with one input, four at a time, in whole steps of four elements. With one usual multiplier
/// for all rows `out` to `out_end` are their outputs (int8), and `stride` is their depth. With shift -1 there
/// are four rows, and `out` gets their sums (int32).
struct WeightRows {
  const int8_t *x, *x_end;
  const int8_t* weights;
  int32_t stride;  ///< from row to row
  const int32_t* bias;
  void *out, *out_end;
  int32_t value, rounding, shift;  ///< as of Channel
  int32_t minus_zero_point;        ///< -x_zero_point twice, as int16
};

/// A multiplier of at most 1, ready for Portable::scale: value * 2^-(31 + shift), half of 2^shift, and what
/// its rounding takes of a negative number's sign.
struct Fraction {
  int32_t value, half, sign, shift;

  /// shift of `m` is 0 or negative.
  explicit Fraction(Multiplier m)
      : value(m.value),
        half(static_cast<int32_t>((1u << -m.shift) >> 1)),
        sign(m.shift < 0 ? -1 : 0),
        shift(-m.shift) {}
};

/// Products of two pixels with rows of weights: out[pixel][i] of n_channels channels. `inputs` is what the
/// machine's widen() made of both pixels. Rows are read in steps of kTileStep elements; one whose depth is no
/// multiple starts in front of its first element, where the inputs are 0.
struct Tile {
  const void *inputs, *inputs_end;
  const int8_t* weights;  ///< the first row
  int32_t stride;         ///< elements from row to row: its depth
  const Channel* channels;
  int32_t n_channels;
  int8_t* out[2];
};
constexpr int32_t kTileStep = 4;
/// Bytes of the inputs of a tile: int16.
constexpr int32_t tile_bytes(int32_t depth) {
  return (depth + kTileStep - 1) / kTileStep * kTileStep * 4;
}

/// Products of pixels with rows of weights, both int8 as they lie, `depth` elements each; at least four
/// channels. The channels' biases contain the inputs' zero point.
struct Block {
  const int8_t* x;
  int32_t x_step, n_pixels;
  const int8_t* weights;
  int32_t depth;
  const Channel* channels;
  int32_t n_channels;
  int8_t* out;
  int32_t out_step;  ///< from pixel to pixel, as x_step
};

struct Portable {
  static constexpr const char* kName = "portable";

  /// x * multiplier, rounded twice as the reference does: a doubling high product, nearest with halves up,
  /// then a right shift, nearest with halves away from zero. Left shifts wrap.
  static int32_t requantize(int32_t x, Multiplier multiplier) {
    const int32_t left = multiplier.shift > 0 ? multiplier.shift : 0;
    const int32_t right = left - multiplier.shift;
    const auto shifted = static_cast<int32_t>(static_cast<uint32_t>(x) << left);
    return rounding_shift(doubling_high_product(shifted, multiplier.value), right);
  }

  /// round(a * b / 2^31), halves up. The reference truncates a * b plus a nudge that has the product's sign,
  /// which is the same number; its only overflow, both factors -2^31, does not occur: multipliers are
  /// positive.
  static int32_t doubling_high_product(int32_t a, int32_t b) {
    return static_cast<int32_t>((static_cast<int64_t>(a) * b + (int64_t{1} << 30)) >> 31);
  }

  /// round(x / 2^n), halves away from zero, n in 0..31: the magnitude is rounded half up, then gets its sign
  /// back.
  static int32_t rounding_shift(int32_t x, int32_t n) {
    const auto sign = static_cast<uint32_t>(x >> 31);  // 0, or all ones
    const uint32_t half = (uint32_t{1} << n) >> 1;
    const uint32_t magnitude = ((static_cast<uint32_t>(x) ^ sign) - sign + half) >> n;
    return static_cast<int32_t>((magnitude ^ sign) - sign);
  }

  static int32_t clamp(int32_t x, int32_t low, int32_t high) { return x < low ? low : x > high ? high : x; }

  /// x within the range of int8, as it mostly is.
  static int8_t saturate(int32_t x) {
    if (static_cast<uint32_t>(x) + 128 > 255) x = x < 0 ? -128 : 127;
    return static_cast<int8_t>(x);
  }

  /// An int8 output of a channel from its sum with bias. For usual channels only (see round_channel): |sum| <
  /// 2^30, shift 1 to 22. Then rounding twice as in requantize() is adding the halves and, to a negative sum,
  /// -1: the sign of the sum differs from that of the product only where the result is 0 anyway.
  static int8_t finish(int32_t sum, const Channel& c) {
    const int32_t product = doubling_high_product(sum, c.value);
    return saturate((product + c.rounding + (sum >> 31)) >> c.shift);
  }

  /// requantize() for |x| < 2^30, by the way of finish().
  static int32_t scale(int32_t x, const Fraction& f) {
    return (doubling_high_product(x, f.value) + f.half + (x >> 31 & f.sign)) >> f.shift;
  }

  /// As many int32 as the machine calculates with at a time; scale() and clamp() take them, and so do +, -
  /// and *.
  using Numbers = int32_t;
  static constexpr int32_t kNumbers = 1;
  /// x[0], x[step] and so on, of `left` bytes; what is beyond may be anything.
  template <class T>
  static int32_t numbers(const T* x, int32_t, int32_t) {
    return *x;
  }
  template <class T>
  static void put(T* to, int32_t x, int32_t) {
    *to = static_cast<T>(x);
  }

  /// sum of (x[i] - x_zero_point) * w[i] over n elements, wrapping. For single rows; not inlined, so that the
  /// kernels share it.
  [[gnu::noinline]] static int32_t dot(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t n) {
    int32_t sum = 0;
    for (const int8_t* end = x + (n & ~3); x != end; x += 4, w += 4) {
      sum = wrapping_add(sum, (x[0] - x_zero_point) * w[0]);
      sum = wrapping_add(sum, (x[1] - x_zero_point) * w[1]);
      sum = wrapping_add(sum, (x[2] - x_zero_point) * w[2]);
      sum = wrapping_add(sum, (x[3] - x_zero_point) * w[3]);
    }
    for (const int8_t* end = x + (n & 3); x != end;) sum = wrapping_add(sum, (*x++ - x_zero_point) * *w++);
    return sum;
  }

  /// sum of x[i] * w[i] over n elements of int16, wrapping.
  static uint32_t dot_wide(const int16_t* x, const int16_t* w, int32_t n) {
    uint32_t sum = 0;
    for (const int16_t* end = x + n; x != end;) sum += static_cast<uint32_t>(*x++ * *w++);
    return sum;
  }

  /// Moves a row of n states by one, appends the newest one, and gives the row's dot with w.
  static int32_t push_and_dot(int8_t* row, int8_t newest, int32_t zero_point, const int8_t* w, int32_t n) {
    int32_t sum = 0;
    for (const int8_t* end = row + n - 1; row != end; ++row, ++w) {
      row[0] = row[1];
      sum = wrapping_add(sum, (row[0] - zero_point) * *w);
    }
    row[0] = newest;
    return wrapping_add(sum, (newest - zero_point) * *w);
  }

  /// Adds x[i * step + c] of n taps to the sums of four channels c.
  static void add_bytes(const int8_t* x, int32_t step, int32_t n, Sums* sums) {
    for (; n > 0; --n, x += step)
      for (int32_t c = 0; c < 4; ++c) sums->v[c] += x[c];
  }

  /// Four dots of one x with the rows w, w + stride, w + 2 stride, w + 3 stride. Not inlined, so that its
  /// pointers and sums get all registers.
  [[gnu::noinline]] static Sums dot_rows(const int8_t* x, int32_t x_zero_point, const int8_t* w,
                                         int32_t stride, int32_t n) {
    const int8_t *w1 = w + stride, *w2 = w1 + stride, *w3 = w2 + stride;
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (const int8_t* end = x + n; x != end;) {
      const int32_t value = *x++ - x_zero_point;
      s0 = wrapping_add(s0, value * *w++);
      s1 = wrapping_add(s1, value * *w1++);
      s2 = wrapping_add(s2, value * *w2++);
      s3 = wrapping_add(s3, value * *w3++);
    }
    return {{s0, s1, s2, s3}};
  }

  /// Copies some bytes, often few.
  static void copy(int8_t* to, const int8_t* from, int32_t n) { copy_bytes(to, from, n); }

  /// Whether the machine has add_row(row) (armv7em_add.h).
  static constexpr bool kAddsRows = false;

  /// Whether the machine has multiply_rows(rows, x_zero_point).
  static constexpr bool kRows = false;

  /// Puts x[r * step + i] - x_zero_point of pixel 0 or 1 into a tile's inputs, n elements of each row, whole
  /// steps if there are several rows. For each step of four elements the pairs (0, 2) and (1, 3) of the first
  /// pixel, then of the second.
  static void widen(const int8_t* x, int32_t step, int32_t n_rows, int32_t n, int32_t x_zero_point,
                    int32_t pixel, void* inputs) {
    auto* to = static_cast<int16_t*>(inputs) + 4 * pixel;
    int32_t i = -(-n & (kTileStep - 1));  // an incomplete step comes first, behind zeros
    for (; n_rows > 0; --n_rows, x += step, i = 0)
      for (; i < n; i += 4, to += 8)
        for (int32_t k = 0; k < 4; ++k)
          to[(k & 1) * 2 + (k >> 1)] = static_cast<int16_t>(i + k < 0 ? 0 : x[i + k] - x_zero_point);
  }
  /// The same of both pixels.
  static void widen_pair(const int8_t* first, const int8_t* second, int32_t step, int32_t n_rows, int32_t n,
                         int32_t x_zero_point, void* inputs) {
    widen(first, step, n_rows, n, x_zero_point, 0, inputs);
    widen(second, step, n_rows, n, x_zero_point, 1, inputs);
  }
  /// Puts n zeros, or zero points if tiles are plain, there: whole steps.
  static void clear(int32_t n, int32_t, int32_t pixel, void* inputs) {
    auto* to = static_cast<int16_t*>(inputs) + 4 * pixel;
    for (; n > 0; n -= 4, to += 8) to[0] = to[1] = to[2] = to[3] = 0;
  }

  /// Whether the machine has multiply_tile(tile).
  static constexpr bool kTiles = false;
  /// Whether the inputs of its tiles keep their zero point, which the channels' biases contain then. It has
  /// sum(w, n) and says of weights whether takes_weights(w, n).
  static constexpr bool kPlainTiles = false;

  /// See PackedTile.
  template <bool rectified>
  static void multiply_packed(const PackedTile& tile) {
    multiply_packed_plainly<rectified>(tile);
  }
  template <bool rectified>
  static void multiply_packed_rows(const PackedRows& rows) {
    multiply_packed_rows_plainly<rectified>(rows);
  }

  /// Whether the machine multiplies int8 without widening: has multiply_block(block) and sum(w, n).
  static constexpr bool kBlocks = false;

  /// Adds (x[i * x_step + c] - x_zero_point) * w[i * w_step + c] of n taps to the sums of four channels c.
  static void add_taps(const int8_t* x, int32_t x_zero_point, int32_t x_step, const int8_t* w, int32_t w_step,
                       int32_t n, Sums* sums) {
    int32_t s0 = sums->v[0], s1 = sums->v[1], s2 = sums->v[2], s3 = sums->v[3];
    for (; n > 0; --n, x += x_step, w += w_step) {
      s0 = wrapping_add(s0, (x[0] - x_zero_point) * w[0]);
      s1 = wrapping_add(s1, (x[1] - x_zero_point) * w[1]);
      s2 = wrapping_add(s2, (x[2] - x_zero_point) * w[2]);
      s3 = wrapping_add(s3, (x[3] - x_zero_point) * w[3]);
    }
    *sums = {{s0, s1, s2, s3}};
  }
  /// The same when the four channels share one input, x[i * x_step].
  static void add_shared_taps(const int8_t* x, int32_t x_zero_point, int32_t x_step, const int8_t* w,
                              int32_t w_step, int32_t n, Sums* sums) {
    int32_t s0 = sums->v[0], s1 = sums->v[1], s2 = sums->v[2], s3 = sums->v[3];
    for (; n > 0; --n, x += x_step, w += w_step) {
      const int32_t value = *x - x_zero_point;
      s0 = wrapping_add(s0, value * w[0]);
      s1 = wrapping_add(s1, value * w[1]);
      s2 = wrapping_add(s2, value * w[2]);
      s3 = wrapping_add(s3, value * w[3]);
    }
    *sums = {{s0, s1, s2, s3}};
  }

  /// Whether the machine had better make depthwise 3x3 convolutions in planes; then it has complete(), too.
  static constexpr bool kPlanes = false;
  /// Whether the machine makes them in lines (lines.h): has gather_lines, multiply_lines,
  /// multiply_lines_by_two.
  static constexpr bool kLines = false;

  /// See planes.h.
  static void split_planes(const int8_t* a, int32_t a_step, const int8_t* b, int32_t b_step, int32_t n,
                           int32_t plane_words, uint32_t* to) {
    split_planes_plainly(a, a_step, b, b_step, n, plane_words, to);
  }
  template <bool rectified>
  static void multiply_planes(const Planes& planes, int32_t stride) {
    multiply_planes_plainly<rectified>(planes, stride);
  }
  /// See taps.h.
  static void multiply_taps(const TapRow& row) { multiply_taps_plainly(row); }
};

}  // namespace inkling
