// 1 / sqrt(x) in fixed point, which the reference's quantized RSQRT and L2_NORMALIZATION are defined by.
#pragma once
#include "tests/naive/fixed_point.h"

namespace inkling::naive {

/// As a factor. x times a power of 4 is in [1/4, 1) with 3 bits before the point; five Newton steps from 1.
inline Factor inverse_root(int32_t x) {
  if (x <= 1) return {INT32_MAX, 0};
  int32_t right = 11;
  for (; x >= 1 << 29; x /= 4) ++right;
  for (; x < 1 << 27; x *= 4) --right;
  const int32_t scaled = x / 2, half = divide_by_power(scaled, 1);
  int32_t y = fixed(1, 3);
  for (int32_t i = 0; i < 5; ++i) {
    const int32_t cube = scale_by_power(doubling_high(doubling_high(y, y), y), 6);
    y = scale_by_power(doubling_high(fixed(1.5, 3), y) - doubling_high(half, cube), 3);
  }
  y = doubling_high(y, fixed(std::sqrt(0.5), 0));
  return right < 0 ? Factor{y << -right, 0} : Factor{y, -right};
}

}  // namespace inkling::naive
