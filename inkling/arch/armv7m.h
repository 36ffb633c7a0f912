// Cortex-M3: a multiplication of 32 bits in one cycle, but none of several numbers at once. Two int8 inputs
// share a word instead, x0 + 65536 x1, and so do their products. They stay as they are, without zero point,
// which the channels' biases contain.
#pragma once
#include "inkling/arch/armv7m_lines.h"
#include "inkling/arch/armv7m_tile.h"
#include "inkling/arch/portable.h"
#include "inkling/core/memory.h"

namespace inkling {

struct Armv7m : Portable, Armv7mLines {
  static constexpr const char* kName = "armv7m";
  static constexpr bool kLines = true;

  /// Portable::finish in 10 cycles.
  static int8_t finish(int32_t sum, const Channel& c) {
    int32_t low, high;
    asm("smull %0, %1, %3, %4\n"
        "lsls  %0, %0, #1\n"
        "adc   %1, %1, %5\n"
        "add   %1, %1, %2, asr #31\n"
        "asr   %1, %1, %6\n"
        "ssat  %1, #8, %1\n"
        : "=&r"(low), "=&r"(high)
        : "r"(sum), "r"(2 * sum), "r"(c.value), "r"(c.rounding), "r"(c.shift)
        : "cc");
    return static_cast<int8_t>(high);
  }

  static constexpr bool kTiles = true;
  static constexpr bool kPlainTiles = true;

  /// The sum of a row of weights.
  static int32_t sum(const int8_t* w, int32_t n) {
    int32_t sum = 0;
    for (; n >= 4; n -= 4, w += 4) sum += w[0] + w[1] + w[2] + w[3];
    for (; n > 0; --n) sum += *w++;
    return sum;
  }
  /// -128 twice times -128 would be too much for half a word.
  static bool takes_weights(const int8_t* w, int32_t n) {
    uint32_t zeros = 0;  // a byte that is 0x80 is one that is 0 when flipped
    for (; n >= 4; n -= 4, w += 4) {
      const uint32_t flipped = load<uint32_t>(w) ^ 0x80808080;
      zeros |= (flipped - 0x01010101) & ~flipped;
    }
    for (; n > 0; --n, ++w)
      if (*w == -128) return false;
    return (zeros & 0x80808080) == 0;
  }

  static int32_t signed_byte(uint32_t word, int32_t i) { return static_cast<int8_t>(word >> 8 * i); }

  [[gnu::noinline]] static void widen(const int8_t* x, int32_t step, int32_t n_rows, int32_t n, int32_t,
                                      int32_t pixel, void* inputs) {
    auto* to = static_cast<uint32_t*>(inputs);
    const int32_t shift = 16 * pixel;
    uint32_t keep = pixel == 0 ? 0 : ~0u;  // the second pixel is added to the first
    if (const int32_t rest = n & 3; rest != 0) {
      for (int32_t i = 0; i < 4 - rest; ++i) *to++ &= keep;
      for (int32_t i = 0; i < rest; ++i, ++to)
        *to = (*to & keep) + (static_cast<uint32_t>(int32_t{*x++}) << shift);
    }
    for (; n_rows > 0; --n_rows, x += step) {
      const int8_t* from = x;
      for (const int8_t* end = x + (n & ~3); from != end; from += 4, to += 4) {
        const auto word = load<uint32_t>(from);
        if (pixel == 0) {
          for (int32_t i = 0; i < 4; ++i) to[i] = static_cast<uint32_t>(signed_byte(word, i));
        } else {
          for (int32_t i = 0; i < 4; ++i) to[i] += static_cast<uint32_t>(signed_byte(word, i)) << 16;
        }
      }
    }
  }
  [[gnu::noinline]] static void widen_pair(const int8_t* first, const int8_t* second, int32_t step,
                                           int32_t n_rows, int32_t n, int32_t zero_point, void* inputs) {
    if (n % 4 != 0) {
      widen(first, step, n_rows, n, zero_point, 0, inputs);
      return widen(second, step, n_rows, n, zero_point, 1, inputs);
    }
    auto* to = static_cast<uint32_t*>(inputs);
    for (; n_rows > 0; --n_rows, first += step, second += step) {
      const int8_t *a = first, *b = second;
      for (const int8_t* end = first + n; a != end; a += 4, b += 4, to += 4) {
        const auto x0 = load<uint32_t>(a), x1 = load<uint32_t>(b);
        for (int32_t i = 0; i < 4; ++i)
          to[i] =
              static_cast<uint32_t>(signed_byte(x0, i)) + (static_cast<uint32_t>(signed_byte(x1, i)) << 16);
      }
    }
  }
  /// What lies outside is the zero point.
  static void clear(int32_t n, int32_t x_zero_point, int32_t pixel, void* inputs) {
    auto* to = static_cast<uint32_t*>(inputs);
    const auto value = static_cast<uint32_t>(x_zero_point);
    for (; n > 0; --n, ++to) *to = pixel == 0 ? value : *to + (value << 16);
  }

  static void multiply_tile(const Tile& tile) { armv7m_multiply_tile(tile); }

  static Sums dot_rows(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t stride, int32_t n) {
    Sums sums = {};
    const int32_t whole = n & ~3;
    if (whole > 0) armv7m_dot_rows(x, x_zero_point, w, stride, x + whole, &sums);
    for (int32_t i = 0; i < 4 && whole < n; ++i)
      sums.v[i] = wrapping_add(sums.v[i], dot(x + whole, x_zero_point, w + i * stride + whole, n - whole));
    return sums;
  }
};

}  // namespace inkling
