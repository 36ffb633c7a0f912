// The table that the reference's int16 LOGISTIC and TANH are defined by: logistic(x) at multiples of 1/24 in
// steps of 2^-16, each raised by half of what the line to the next one lies below the curve.
#pragma once
#include "tests/naive/elementwise.h"

namespace inkling::naive {

/// Inputs in steps of 1/(24 * 512): input * factor / 2^right, rounded half up. Scales of 2^-12, and up to
/// `max_left` powers of two above, need no factor but 3 * 2^left.
inline int32_t table_place(double x, float scale, int32_t max_left) {
  const double power = std::log2(scale);
  const double nearest = std::round(power);
  const auto left = static_cast<int32_t>(12 + nearest);
  if (std::abs(power - nearest) < 0.001 && left >= 0 && left <= max_left)
    return static_cast<int32_t>(x) * (3 << left);
  double factor = double{scale} * 4096 * 3;
  int32_t right = 0;
  for (; factor <= 32767 / 2.0 && right <= 30; ++right) factor *= 2;
  const auto product = static_cast<int32_t>(x) * static_cast<int32_t>(factor);
  return (product + (right > 0 ? 1 << (right - 1) : 0)) >> right;
}

/// The line at a place >= 0 with `bits` bits between two entries, in steps of 2^-(16 + bits). `saturated` is
/// what it is beyond the table.
inline int32_t on_table(int32_t place, int32_t bits, int32_t saturated) {
  const auto logistic = [](double x) { return 65536 / (1 + std::exp(-x / 24)); };
  const auto entry = [&](int32_t i) {
    const double below = logistic(i + 0.5) - (logistic(i) + logistic(i + 1)) / 2;
    return i == 255 ? 65535 : static_cast<int32_t>(std::round(logistic(i) + below / 2));
  };
  const int32_t i = place >> bits, rest = place - (i << bits);
  return i >= 255 ? saturated : (entry(i) << bits) + rest * (entry(i + 1) - entry(i));
}

/// An int16 case in the quantization of the two: the output in steps of 2^-15, the input in any, often 2^-12.
inline Case draw_sigmoid16(Random& random) {
  Case c = draw_unary(random, Type::int16, Type::int16);
  if (random.one_in(2)) c.inputs[0].scales = {static_cast<float>(std::exp2(-random.integer(10, 13)))};
  c.outputs[0].scales = {1.0f / 32768};
  return c;
}

}  // namespace inkling::naive
