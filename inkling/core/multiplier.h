// Multiplier: a real factor as the quantized kernels use it, and how it is derived from float scales with
// integers alone - bit for bit what the reference gets through double arithmetic, without linking a double.
#pragma once
#include <stdint.h>

namespace inkling {

/// The factor value * 2^(shift - 31). `value` is 0 or in [2^30, 2^31); a positive shift multiplies.
struct Multiplier {
  int32_t value = 0;
  int32_t shift = 0;
};

/// a * b / c * 2^exponent. Equals rounding the double expression double(a) * b / c * 2^exponent, which has
/// one rounding to 53 bits, to 31 bits half away from zero (TFLite's QuantizeMultiplier), with its limits:
/// factors below 2^-32 give 0, those above 2^30 the largest. Scales are positive and finite; prepare has
/// checked that.
Multiplier multiplier(float a, float b, float c, int32_t exponent = 0);

/// The multipliers a * b / c of one a and c with many b: the quotient is divided once, and each b costs two
/// products.
class MultiplierSeries {
 public:
  MultiplierSeries(float a, float c);
  /// Equals multiplier(a, b, c).
  Multiplier operator()(float b) const;

 private:
  float a_, c_;
  uint32_t high_, low_;  // a / c with its leading one on top
  int32_t exponent_;
};

/// Whether a scale can be used: positive, finite. Asks the bits: comparing floats is slow without an FPU.
inline bool is_scale(float scale) {
  uint32_t bits;
  __builtin_memcpy(&bits, &scale, sizeof bits);
  return bits - 1 < 0x7f7fffff;
}

/// The nearest integer, halves away from zero, clamped to the int32 range; NaN gives 0.
int32_t round_half_away(float x);

}  // namespace inkling
