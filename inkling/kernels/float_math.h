// exp in float32 without a libm, within 2 ulp: for SOFTMAX and LOGISTIC on floats.
#pragma once
#include <stdint.h>

namespace inkling {

/// exp(x). Splits x = n ln 2 + r with |r| <= ln 2 / 2 and sums the Taylor series of exp(r) to its seventh
/// term, whose rest is below 2^-25.
inline float exp_float(float x) {
  if (!(x > -104.0f)) return x != x ? x : 0.0f;
  if (x > 88.72284f) return __builtin_inff();
  const float scaled = x * 1.44269504f;
  const auto n = static_cast<int32_t>(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
  const auto steps = static_cast<float>(n);
  // ln 2 in two parts; the first has few bits, so its product with n is exact.
  const float r = (x - steps * 0.693359375f) - steps * -2.12194440e-4f;
  float sum = 1.0f / 5040.0f;
  sum = sum * r + 1.0f / 720.0f;
  sum = sum * r + 1.0f / 120.0f;
  sum = sum * r + 1.0f / 24.0f;
  sum = sum * r + 1.0f / 6.0f;
  sum = sum * r + 0.5f;
  sum = sum * r + 1.0f;
  sum = sum * r + 1.0f;
  // In two factors, so that results below the normal numbers come out too.
  const int32_t half = n / 2;
  const uint32_t a = static_cast<uint32_t>(half + 127) << 23, b = static_cast<uint32_t>(n - half + 127) << 23;
  float fa, fb;
  __builtin_memcpy(&fa, &a, sizeof fa);
  __builtin_memcpy(&fb, &b, sizeof fb);
  return sum * fa * fb;
}

}  // namespace inkling
