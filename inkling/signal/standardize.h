// Features of many units as the int8 input of a model: each less its mean, in 16ths of its deviation. Leaves
// out the features.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// Fractional bits of the gains.
constexpr int32_t kGainBits = 12;
/// Steps of a standardized feature in one deviation.
constexpr int32_t kStandardSteps = 16;
/// The largest gain: a step of the feature is a deviation.
constexpr int32_t kMaxGain = kStandardSteps << kGainBits;

/// What is normal for each feature. gains[i] = 16 * 2^12 / deviation, at most kMaxGain.
struct Standard {
  Span<const int16_t> means;
  Span<const int32_t> gains;
};

/// output[i] = (features[i] - means[i]) * gains[i] / 2^12, rounded, clamped to -128..127. All have
/// features.size elements.
void standardize(Span<const int16_t> features, const Standard& standard, Span<int8_t> output);

}  // namespace inkling
