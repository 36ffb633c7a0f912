// Synthesized background noises, for those who have no recordings of their own. Leaves out speech.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/data/random.h"

namespace inkling::host {

/// The kinds of noise: white, pink, brown, hum, fan, wind, rattle, tones.
const std::vector<std::string>& noise_kinds();

/// Noise at 16 kHz with peaks of half of full scale. Throws an Error for a kind that there is not.
std::vector<int16_t> make_noise(const std::string& kind, int32_t n_samples, Random random);

/// Samples, whatever their scale, as 16 bits with the given peak (1: full scale).
std::vector<int16_t> normalized(const std::vector<float>& samples, float peak);

}  // namespace inkling::host
