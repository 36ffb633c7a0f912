// RSQRT on int8 and int16: 1 / sqrt(x) to 20 bits behind the point, then requantized.
#pragma once
#include "inkling/kernels/elementwise.h"
#include "inkling/kernels/fixed_point.h"

namespace inkling {

/// The reference takes no x below the zero point; like 0, it gives the largest value here.
template <class A, class T>
void rsqrt_all(const RequantizeParams& p, const T* input, T* output) {
  constexpr int32_t bits = 20;
  for (int32_t i = 0; i < p.n; ++i) {
    const int32_t x = input[i] - p.input_zero_point;
    int32_t value = p.high;
    if (x > 0) {
      const Multiplier root = FixedPoint<A>::one_over_square_root(x);
      const int32_t q20 = A::requantize(1, {root.value, root.shift + bits});
      const int32_t q = wrapping_add(A::requantize(q20, {p.multiplier, p.shift - bits}), p.output_zero_point);
      value = A::clamp(q, p.low, p.high);
    }
    output[i] = static_cast<T>(value);
  }
}

/// 1 / (sqrt(a) * b) of two scales, to 31 bits. The reference gets it through doubles; the 38 bits here lead
/// to another last bit for one pair of scales in a hundred, which no 16-bit result shows.
inline Multiplier one_over_root_scale(float a, float b) {
  const auto mantissa = [](float x) { return uint64_t{float_bits(x) & 0x7fffff} | 0x800000; };
  const auto exponent = [](float x) { return static_cast<int32_t>(float_bits(x) >> 23) - 150; };
  // sqrt(mantissa * 2^51), bit by bit from the top. What is left of the exponent must be even.
  const int32_t even = exponent(a) & 1 ? 0 : 1, root_exponent = (exponent(a) - even - 51) / 2;
  uint64_t radicand = mantissa(a) << (39 + even), root = 0, rest = 0;
  for (int32_t i = 0; i < 38; ++i, radicand <<= 2) {
    rest = rest << 2 | radicand >> 62;
    const uint64_t trial = root << 2 | 1;
    root <<= 1;
    if (rest < trial) continue;
    rest -= trial;
    root |= 1;
  }
  // 2^93 / (root * mantissa), the divisor shifted up to [2^61, 2^62).
  uint64_t divisor = root * mantissa(b), quotient = 0;
  int32_t shift = -root_exponent - exponent(b) - 61;
  for (; divisor < uint64_t{1} << 61; divisor <<= 1) ++shift;
  rest = uint64_t{1} << 61;
  for (int32_t i = 0; i < 32; ++i) {
    rest <<= 1;
    quotient = quotient << 1 | (rest >= divisor);
    if (rest >= divisor) rest -= divisor;
  }
  uint64_t value = (quotient + 1) >> 1;
  if (value >> 31) value >>= 1, ++shift;
  return {static_cast<int32_t>(value), shift};
}

}  // namespace inkling
