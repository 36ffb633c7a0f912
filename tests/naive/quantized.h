// Quantized arithmetic by its definition: factors through doubles, products in 64 bits, the reference's two
// roundings.
#pragma once
#include "tests/operator_case.h"

namespace inkling::naive {

/// A factor q * 2^(shift - 31).
struct Factor {
  int32_t q;
  int32_t shift;
};

/// TFLite's QuantizeMultiplier.
inline Factor quantize_factor(double real) {
  if (real == 0) return {0, 0};
  int shift = 0;
  auto q = static_cast<int64_t>(std::round(std::frexp(real, &shift) * 2147483648.0));
  if (q == int64_t{1} << 31) {
    q /= 2;
    ++shift;
  }
  if (shift < -31) return {0, 0};
  if (shift > 30) return {2147483647, 30};
  return {static_cast<int32_t>(q), shift};
}

/// SaturatingRoundingDoublingHighMul: a * b / 2^31 with a nudge towards the nearest, truncated.
inline int32_t doubling_high(int32_t a, int32_t b) {
  if (a == INT32_MIN && b == INT32_MIN) return INT32_MAX;
  const int64_t product = int64_t{a} * b;
  const int64_t nudge = product >= 0 ? int64_t{1} << 30 : 1 - (int64_t{1} << 30);
  return static_cast<int32_t>((product + nudge) / (int64_t{1} << 31));
}

/// RoundingDivideByPOT: x / 2^n to the nearest, halves away from zero.
inline int32_t divide_by_power(int32_t x, int32_t n) {
  return static_cast<int32_t>(std::round(std::ldexp(static_cast<double>(x), -n)));
}

/// x * 2^n in 32 bits, wrapping.
inline int32_t shift_left(int64_t x, int32_t n) {
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<uint64_t>(x) << n));
}

/// MultiplyByQuantizedMultiplier.
inline int32_t multiply(double x, Factor f) {
  const int32_t shifted = shift_left(static_cast<int64_t>(x), f.shift > 0 ? f.shift : 0);
  return divide_by_power(doubling_high(shifted, f.q), f.shift < 0 ? -f.shift : 0);
}

/// MultiplyByQuantizedMultiplier for sums of 64 bits: a factor of 16 bits, rounded once.
inline int32_t multiply_wide(double x, Factor f) {
  const int32_t reduced = f.q < 0x7fff0000 ? (f.q + (1 << 15)) >> 16 : 0x7fff;
  const double q = std::floor(std::ldexp(x * reduced, f.shift - 15) + 0.5);
  return static_cast<int32_t>(static_cast<int64_t>(q));
}

inline double clamp(double x, double low, double high) {
  return std::min(std::max(x, low), high);
}

/// The numbers that a fused activation lets through.
struct Bounds {
  double low, high;
};

/// 0: none, 1: RELU, 2: RELU_N1_TO_1, 3: RELU6.
inline Bounds activation_bounds(double activation, const Operand& output) {
  const bool integer = output.type != Type::float32;
  const auto bound = [&](float real) {
    return integer ? output.zero_point() + std::round(static_cast<double>(real / output.scale())) : real;
  };
  const double largest = 3.4028234663852886e38;
  Bounds b = integer ? Bounds{lowest(output.type), highest(output.type)} : Bounds{-largest, largest};
  if (activation == 1 || activation == 3) b.low = std::max(b.low, bound(0));
  if (activation == 2) b.low = std::max(b.low, bound(-1));
  if (activation == 2) b.high = std::min(b.high, bound(1));
  if (activation == 3) b.high = std::min(b.high, bound(6));
  return b;
}

inline int32_t draw_activation(Random& random) {
  return random.integer(0, 3);
}

/// A bias for `n` channels, or none.
inline Operand draw_bias(Random& random, Type type, int32_t n) {
  if (random.one_in(4)) return absent();
  Operand t = constant(tensor(type, {n}));
  if (type == Type::int32 || type == Type::int64) t.low = -(t.high = random.one_of({100, 10000, 10000000}));
  fill(random, t);
  return t;
}

/// The input without its zero point, and the same for weights.
inline double centred(const Operand& t, double x) {
  return t.type == Type::float32 || t.zero_points.empty() ? x : x - t.zero_point();
}

}  // namespace inkling::naive
