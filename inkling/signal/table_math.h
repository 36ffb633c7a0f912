// Sine, logarithm and exponential as constant expressions, good to 1e-14: what the tables of this folder are
// made with while compiling. Leaves out use on a device: there they would pull in soft-float doubles.
#pragma once
#include <stdint.h>

namespace inkling::table_math {

constexpr double kPi = 3.14159265358979323846;
constexpr double kLn2 = 0.69314718055994530942;

/// sin(angle) for |angle| <= pi/2 by its Taylor series; 12 terms leave less than 1e-19.
constexpr double sin_quarter(double angle) {
  double term = angle;
  double sum = angle;
  for (int32_t i = 1; i <= 12; ++i) {
    term *= -angle * angle / ((2 * i) * (2 * i + 1));
    sum += term;
  }
  return sum;
}

/// ln(value) for value > 0: powers of two are taken out, the rest in [2/3, 4/3] by 2 artanh((m - 1) / (m +
/// 1)), |argument| <= 1/5, 12 terms.
constexpr double log(double value) {
  double sum = 0;
  for (; value > 4.0 / 3; value /= 2) sum += kLn2;
  for (; value < 2.0 / 3; value *= 2) sum -= kLn2;
  const double ratio = (value - 1) / (value + 1);
  double power = 2 * ratio;
  for (int32_t i = 1; i <= 23; i += 2) {
    sum += power / i;
    power *= ratio * ratio;
  }
  return sum;
}

/// e^value: halved until |value| <= 1/16, the Taylor series, squared back.
constexpr double exp(double value) {
  int32_t n_halvings = 0;
  for (; value > 0.0625 || value < -0.0625; value /= 2) ++n_halvings;
  double term = 1;
  double sum = 1;
  for (int32_t i = 1; i <= 12; ++i) {
    term *= value / i;
    sum += term;
  }
  for (; n_halvings > 0; --n_halvings) sum *= sum;
  return sum;
}

}  // namespace inkling::table_math
