// Noise reduction, see noise_reduction.h.
#include "inkling/signal/noise_reduction.h"

namespace inkling {

void reduce_noise(const NoiseReduction& settings, Span<const uint32_t> input, Span<uint32_t> estimate,
                  Span<uint32_t> output) {
  for (int32_t i = 0; i < input.size; ++i) {
    const bool odd = (i & 1) != 0;
    const uint64_t smoothing = odd ? settings.odd_smoothing_q : settings.even_smoothing_q;
    const uint64_t keeping = odd ? settings.odd_one_minus_smoothing_q : settings.even_one_minus_smoothing_q;
    const uint32_t signal = input[i];
    const uint32_t fine_signal = signal << settings.smoothing_bits;
    uint32_t noise =
        static_cast<uint32_t>((fine_signal * smoothing + estimate[i] * keeping) >> settings.fraction_bits);
    estimate[i] = noise;
    if (noise > fine_signal) {
      noise = fine_signal;
      if (settings.clamping) estimate[i] = noise;
    }
    const uint32_t floor = static_cast<uint32_t>(
        (static_cast<uint64_t>(signal) * settings.min_signal_remaining_q) >> settings.fraction_bits);
    const uint32_t left = (fine_signal - noise) >> settings.smoothing_bits;
    output[i] = left > floor ? left : floor;
  }
}

}  // namespace inkling
