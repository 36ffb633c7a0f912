// Portable: what a machine must be able to do for the kernels, in plain C++. A machine inherits it and hides
// what it does better; its results are equal bit for bit.
#pragma once
#include "inkling/core/multiplier.h"
#include "inkling/core/span.h"
#include "inkling/core/wrap.h"

namespace inkling {

/// Four int32 sums.
struct Sums {
  int32_t v[4];
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

  /// Four dots of one x with the rows w, w + stride, w + 2 stride, w + 3 stride.
  static Sums dot_rows(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t stride, int32_t n) {
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
};

}  // namespace inkling
