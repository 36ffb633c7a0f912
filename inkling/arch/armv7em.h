// Cortex-M4, M7, M33: the DSP extension's dual 16-bit multiply-accumulate. Words are loaded from any address,
// which these cores allow; four int8 are widened to two pairs by SXTB16, whose rotation is free, in the order
// (0, 2), (1, 3). The loops that count are assembler, whose registers are all there are (armv7em_tile.h).
#pragma once
#include <arm_acle.h>

#include "inkling/arch/armv7em_add.h"
#include "inkling/arch/armv7em_packed.h"
#include "inkling/arch/armv7em_planes.h"
#include "inkling/arch/armv7em_taps.h"
#include "inkling/arch/armv7em_tile.h"
#include "inkling/arch/portable.h"
#include "inkling/core/memory.h"

namespace inkling {

struct Armv7em : Portable {
  static constexpr const char* kName = "armv7em";

  static int16x2_t pair(int32_t low, int32_t high) {
    return static_cast<int16x2_t>(static_cast<uint32_t>(high) << 16 | (static_cast<uint32_t>(low) & 0xffff));
  }
  /// Elements 0 and 2, or 1 and 3, of four int8, added to a pair. GCC folds no rotation into SXTAB16.
  static int16x2_t add_even(int16x2_t to, uint32_t word) {
    return __sxtab16(to, static_cast<int8x4_t>(word));
  }
  static int16x2_t add_odd(int16x2_t to, uint32_t word) {
    asm("sxtab16 %0, %1, %2, ror #8" : "=r"(to) : "r"(to), "r"(word));
    return to;
  }

  static int32_t doubling_high_product_rounded(int32_t a, int32_t b, int32_t addend) {
    asm("smmlar %0, %1, %2, %3" : "=r"(a) : "r"(a), "r"(b), "r"(addend));
    return a;
  }
  static int8_t finish(int32_t sum, const Channel& c) {
    const int32_t rounded = doubling_high_product_rounded(2 * sum, c.value, c.rounding) + (sum >> 31);
    return static_cast<int8_t>(__ssat(rounded >> c.shift, 8));
  }

  static int32_t scale(int32_t x, const Fraction& f) {
    return (doubling_high_product_rounded(2 * x, f.value, f.half) + (x >> 31 & f.sign)) >> f.shift;
  }

  static constexpr bool kTiles = true;

  [[gnu::noinline]] static void widen(const int8_t* x, int32_t step, int32_t n_rows, int32_t n,
                                      int32_t x_zero_point, int32_t pixel, void* tile) {
    auto* to = static_cast<int16x2_t*>(tile) + 2 * pixel;
    if (const int32_t rest = n & 3; rest != 0) {  // an incomplete step comes first, behind zeros
      int32_t values[4] = {};
      for (int32_t i = 4 - rest; i < 4; ++i) values[i] = *x++ - x_zero_point;
      to[0] = pair(values[0], values[2]);
      to[1] = pair(values[1], values[3]);
      to += 4;
    }
    const int16x2_t minus_zero = pair(-x_zero_point, -x_zero_point);
    for (; n_rows > 0; --n_rows, x += step) {
      const int8_t* from = x;
      for (const int8_t* end = x + (n & ~7); from != end; from += 8, to += 8) {
        const auto first = load<uint32_t>(from), second = load<uint32_t>(from + 4);
        to[0] = add_even(minus_zero, first);
        to[1] = add_odd(minus_zero, first);
        to[4] = add_even(minus_zero, second);
        to[5] = add_odd(minus_zero, second);
      }
      if (n & 4) {
        const auto last = load<uint32_t>(from);
        to[0] = add_even(minus_zero, last);
        to[1] = add_odd(minus_zero, last);
        to += 4;
      }
    }
  }
  static void widen_pair(const int8_t* first, const int8_t* second, int32_t step, int32_t n_rows, int32_t n,
                         int32_t x_zero_point, void* tile) {
    if (n % kTileStep != 0) {
      widen(first, step, n_rows, n, x_zero_point, 0, tile);
      return widen(second, step, n_rows, n, x_zero_point, 1, tile);
    }
    auto* to = static_cast<uint32_t*>(tile);
    const int16x2_t minus_zero = pair(-x_zero_point, -x_zero_point);
    step -= n;
    for (; n_rows > 0; --n_rows, first += step, second += step) {
      const int8_t* end = first + n;
      asm volatile(
          "lsrs    r4, %[n], #3\n"  // carry: an odd number of steps
          "bcs     2f\n"
          "1: ldr  r4, [%[first]], #4\n"
          "ldr     r6, [%[second]], #4\n"
          "sxtab16 r5, %[zero], r4, ror #8\n"
          "sxtab16 r4, %[zero], r4\n"
          "sxtab16 r8, %[zero], r6, ror #8\n"
          "sxtab16 r6, %[zero], r6\n"
          "stm     %[to]!, {r4, r5, r6, r8}\n"
          "2: ldr  r4, [%[first]], #4\n"
          "ldr     r6, [%[second]], #4\n"
          "cmp     %[first], %[end]\n"
          "sxtab16 r5, %[zero], r4, ror #8\n"
          "sxtab16 r4, %[zero], r4\n"
          "sxtab16 r8, %[zero], r6, ror #8\n"
          "sxtab16 r6, %[zero], r6\n"
          "stm     %[to]!, {r4, r5, r6, r8}\n"
          "bne     1b\n"
          : [first] "+r"(first), [second] "+r"(second), [to] "+r"(to)
          : [end] "r"(end), [n] "r"(n), [zero] "r"(minus_zero)
          : "r4", "r5", "r6", "r8", "cc", "memory");
    }
  }
  static void clear(int32_t n, int32_t, int32_t pixel, void* tile) {
    auto* to = static_cast<int16x2_t*>(tile) + 2 * pixel;
    for (; n > 0; n -= 4, to += 4) to[0] = to[1] = 0;
  }
  static void copy(int8_t* to, const int8_t* from, int32_t n) {
    for (; n >= 4; n -= 4, to += 4, from += 4) __builtin_memcpy(to, from, 4);
    for (; n > 0; --n) *to++ = *from++;
  }

  static void multiply_tile(const Tile& tile) { armv7em_multiply_tile(tile); }

  template <bool rectified>
  static void multiply_packed(const PackedTile& tile) {
    rectified ? armv7em_multiply_packed_rectified(tile) : armv7em_multiply_packed(tile);
  }
  template <bool rectified>
  static void multiply_packed_rows(const PackedRows& rows) {
    rectified ? armv7em_multiply_packed_rows_rectified(rows) : armv7em_multiply_packed_rows(rows);
  }

  static constexpr bool kPlanes = true;

  [[gnu::noinline]] static void split_planes(const int8_t* a, int32_t a_step, const int8_t* b, int32_t b_step,
                                             int32_t n, int32_t plane_words, uint32_t* to) {
    if (n <= 0) return;
    const int32_t plane = 4 * plane_words;
    uint32_t x, y, low;
    asm volatile(
        "1: ldr    %[x], [%[a]]\n"
        "ldr       %[y], [%[b]]\n"
        "add       %[a], %[a_step]\n"
        "pkhbt     %[low], %[x], %[y], lsl #16\n"
        "pkhtb     %[x], %[y], %[x], asr #16\n"
        "add       %[b], %[b_step]\n"
        "sxtb16    %[y], %[low]\n"
        "sxtb16    %[low], %[low], ror #8\n"
        "str       %[low], [%[to], %[plane]]\n"
        "sxtb16    %[low], %[x]\n"
        "str       %[low], [%[to], %[plane], lsl #1]\n"
        "sxtb16    %[x], %[x], ror #8\n"
        "str       %[x], [%[to], %[plane3]]\n"
        "str       %[y], [%[to]], #8\n"
        "subs      %[n], #1\n"
        "bne       1b\n"
        : [a] "+r"(a), [b] "+r"(b), [to] "+r"(to), [n] "+r"(n), [x] "=&r"(x), [y] "=&r"(y), [low] "=&r"(low)
        : [a_step] "r"(a_step), [b_step] "r"(b_step), [plane] "r"(plane), [plane3] "r"(3 * plane)
        : "cc", "memory");
  }

  /// Completes a channel whose weights split_planes has left: they become doubled.
  static void complete(PlaneChannel* to, const Channel& channel, int32_t x_zero_point) {
    int32_t sum = 0;
    for (int32_t i = 0; i < 6; ++i) {
      const auto pair = static_cast<int16x2_t>(to->weights[i]);
      sum = i & 1 ? sum + (pair >> 16) : __smlad(pair, 0x10001, sum);
      to->weights[i] = static_cast<uint32_t>(__sadd16(pair, pair));
    }
    to->bias = 2 * (channel.bias - x_zero_point * sum);
    to->value = channel.value;
    to->rounding = channel.rounding;
    to->shift = channel.shift;
  }

  template <bool rectified>
  static void multiply_planes(const Planes& planes, int32_t stride) {
    if (stride == 2)
      rectified ? armv7em_multiply_plane_by_two_rectified(planes) : armv7em_multiply_plane_by_two(planes);
    else if (planes.line_bytes == 0)
      rectified ? armv7em_multiply_plane_rectified(planes) : armv7em_multiply_plane(planes);
    else
      rectified ? armv7em_multiply_planes_rectified(planes) : armv7em_multiply_planes(planes);
  }

  static void multiply_taps(const TapRow& row) { armv7em_multiply_taps(row); }

  /// Two taps at a time: their four channels are split into pairs, inputs and weights alike.
  static void add_taps(const int8_t* x, int32_t x_zero_point, int32_t x_step, const int8_t* w, int32_t w_step,
                       int32_t n, Sums* sums) {
    const int16x2_t minus_zero = pair(-x_zero_point, -x_zero_point);
    int32_t s0 = sums->v[0], s1 = sums->v[1], s2 = sums->v[2], s3 = sums->v[3];
    for (; n > 0; n -= 2) {
      const auto x0 = load<uint32_t>(x), w0 = load<uint32_t>(w);
      uint32_t x1 = 0, w1 = 0;
      if (n > 1) {
        x1 = load<uint32_t>(x + x_step);
        w1 = load<uint32_t>(w + w_step);
      }
      const uint32_t x01 = (x0 & 0xffff) | x1 << 16, x23 = x0 >> 16 | (x1 & 0xffff0000);
      const uint32_t w01 = (w0 & 0xffff) | w1 << 16, w23 = w0 >> 16 | (w1 & 0xffff0000);
      s0 = __smlad(add_even(minus_zero, x01), even(w01), s0);
      s1 = __smlad(add_odd(minus_zero, x01), odd(w01), s1);
      s2 = __smlad(add_even(minus_zero, x23), even(w23), s2);
      s3 = __smlad(add_odd(minus_zero, x23), odd(w23), s3);
      x += 2 * x_step;
      w += 2 * w_step;
    }
    *sums = {{s0, s1, s2, s3}};
  }

  [[gnu::noinline]] static int32_t dot(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t n) {
    const int16x2_t minus_zero = pair(-x_zero_point, -x_zero_point);
    int32_t sum = 0;
    for (; n >= 4; n -= 4, x += 4, w += 4) {
      const auto inputs = load<uint32_t>(x), weights = load<uint32_t>(w);
      sum = __smlad(add_even(minus_zero, inputs), even(weights), sum);
      sum = __smlad(add_odd(minus_zero, inputs), odd(weights), sum);
    }
    for (; n > 0; --n) sum = wrapping_add(sum, (*x++ - x_zero_point) * *w++);
    return sum;
  }

  static int32_t push_and_dot(int8_t* row, int8_t newest, int32_t zero_point, const int8_t* w, int32_t n) {
    if (n % 4 != 0) {
      move_bytes(row, row + 1, n - 1);
      row[n - 1] = newest;
      return dot(row, zero_point, w, n);
    }
    const int16x2_t minus_zero = pair(-zero_point, -zero_point);
    int32_t sum = 0;
    auto word = load<uint32_t>(row);
    for (; n > 0; n -= 4, row += 4, w += 4) {
      const uint32_t next = n > 4 ? load<uint32_t>(row + 4) : static_cast<uint8_t>(newest);
      const uint32_t moved = word >> 8 | next << 24, weights = load<uint32_t>(w);
      __builtin_memcpy(row, &moved, sizeof moved);
      sum = __smlad(add_even(minus_zero, moved), even(weights), sum);
      sum = __smlad(add_odd(minus_zero, moved), odd(weights), sum);
      word = next;
    }
    return sum;
  }
  static uint32_t dot_wide(const int16_t* x, const int16_t* w, int32_t n) {
    int32_t sum = 0;
    for (; n >= 2; n -= 2, x += 2, w += 2) sum = __smlad(load<int16x2_t>(x), load<int16x2_t>(w), sum);
    return static_cast<uint32_t>(n > 0 ? wrapping_add(sum, *x * *w) : sum);
  }

  static void add_bytes(const int8_t* x, int32_t step, int32_t n, Sums* sums) {
    while (n > 0) {
      int16x2_t even = 0, odd = 0;  // which hold 255 taps
      const int32_t pass = n < 255 ? n : 255;
      for (int32_t i = 0; i < pass; ++i, x += step) {
        const auto word = load<uint32_t>(x);
        even = add_even(even, word);
        odd = add_odd(odd, word);
      }
      n -= pass;
      sums->v[0] += static_cast<int16_t>(even);
      sums->v[1] += static_cast<int16_t>(odd);
      sums->v[2] += even >> 16;
      sums->v[3] += odd >> 16;
    }
  }

  static constexpr bool kAddsRows = true;
  static void add_row(const AddRow& row) { armv7em_add_row(row); }

  static constexpr bool kRows = true;
  static void multiply_rows(WeightRows rows, int32_t x_zero_point) {
    rows.minus_zero_point = pair(-x_zero_point, -x_zero_point);
    armv7em_multiply_rows(rows);
  }

  [[gnu::noinline]] static Sums dot_rows(const int8_t* x, int32_t x_zero_point, const int8_t* w,
                                         int32_t stride, int32_t n) {
    Sums sums = {};
    const int32_t whole = n & ~3;
    if (whole > 0)
      multiply_rows({x, x + whole, w, stride, sums.v, sums.v, nullptr, 0, 0, -1, 0}, x_zero_point);
    for (int32_t i = 0; i < 4 && whole < n; ++i)
      sums.v[i] = wrapping_add(sums.v[i], dot(x + whole, x_zero_point, w + i * stride + whole, n - whole));
    return sums;
  }

  static int16x2_t even(uint32_t word) { return __sxtb16(static_cast<int8x4_t>(word)); }
  static int16x2_t odd(uint32_t word) { return __sxtb16(static_cast<int8x4_t>(word >> 8 | word << 24)); }
};

}  // namespace inkling
