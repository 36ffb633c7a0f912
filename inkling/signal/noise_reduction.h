// Noise reduction by spectral subtraction: what is there all the time is noise and is taken off.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// Weights of the running mean per channel and what it leaves. Everything ending in _q has `fraction_bits`
/// fractional bits. Even and odd channels differ, so that neighbours do not forget at the same pace.
struct NoiseReduction {
  uint32_t even_smoothing_q = 0;
  uint32_t even_one_minus_smoothing_q = 0;
  uint32_t odd_smoothing_q = 0;
  uint32_t odd_one_minus_smoothing_q = 0;
  uint32_t min_signal_remaining_q = 0;
  int32_t fraction_bits = 14;
  int32_t smoothing_bits = 10;  ///< additional fractional bits of the estimate
  bool clamping = false;        ///< whether the estimate drops at once when the signal drops below it
};

/// Per channel: estimate = smoothing * signal + (1 - smoothing) * estimate;
/// output = max(signal - estimate, min_signal_remaining * signal), never negative.
/// `estimate` is the state, with smoothing_bits more fractional bits than the signal; zeros to begin with.
/// Signals of 2^(32 - smoothing_bits) and more wrap. The three have input.size elements; `output` may be
/// `input`.
void reduce_noise(const NoiseReduction& settings, Span<const uint32_t> input, Span<uint32_t> estimate,
                  Span<uint32_t> output);

}  // namespace inkling
