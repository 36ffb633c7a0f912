// PCAN, per-channel amplitude normalization: automatic gain, so that far and near speakers look alike.
// Source: Y. Wang et al., "Trainable Frontend For Robust and Far-Field Keyword Spotting", 2016.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// Fractional bits of the ratio of signal to noise, and of the output.
constexpr int32_t kPcanRatioBits = 12;
constexpr int32_t kPcanOutputBits = 6;

/// Length of a gain table: two values, then four numbers (value, slope, curvature, unused) for each power of
/// two, without the last unused one.
constexpr int32_t kPcanGainSize = 125;

/// The gain for a noise estimate: the table's parabola over the power of two in which it lies.
int32_t pcan_gain(Span<const int16_t> gain_table, uint32_t noise);

/// Per channel: ratio = signal * gain(noise) / 2^shift, then compressed: ratio^2 / 4 below 2, ratio - 1
/// above. `signal` in place; both have signal.size elements. Results have kPcanOutputBits fractional bits.
void apply_pcan(Span<const int16_t> gain_table, int32_t shift, Span<const uint32_t> noise,
                Span<uint32_t> signal);

}  // namespace inkling
