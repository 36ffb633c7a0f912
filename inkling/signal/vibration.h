// The vibration front end: a window of an accelerometer (or any few sensors) in, what a machine's state shows
// in out: level, strength and spectrum of each channel. The same code trains and runs. Leaves out the sensor
// and the model.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// Bands of equal width between the lowest frequency and half the rate.
constexpr int32_t kVibrationBands = 8;
/// What there is to say about a channel: level, strength, bands.
constexpr int32_t kVibrationFeatures = 2 + kVibrationBands;
constexpr int32_t kMinVibrationRows = 16;
constexpr int32_t kMaxVibrationRows = 1024;
/// Steps of a feature in which its value e times as large counts.
constexpr int32_t kVibrationLogScale = 256;

/// The size of the spectrum of a window: the next power of two.
constexpr int32_t vibration_fft_size(int32_t n_rows) {
  int32_t size = kMinVibrationRows;
  while (size < n_rows) size *= 2;
  return size;
}

/// The 4-byte words of memory that vibration_features needs: 229 (916 bytes) for 200 rows.
constexpr int32_t vibration_memory_words(int32_t n_rows) {
  return (n_rows + 1) / 2 + vibration_fft_size(n_rows) / 2 + 1;
}

/// `rows` is a window: rows of n_channels samples each, one row after the other. features[10 * c ...] of
/// channel c are
///   its mean, rounded: where gravity pulls, for an accelerometer;
///   256 ln(256 deviation), at least 0;
///   256 ln(256 amplitude) of each band of the spectrum, under Welch's window (a parabola), less the mean.
/// False, and no features, unless the window has kMinVibrationRows to kMaxVibrationRows full rows and memory
/// and features are as large as needed.
bool vibration_features(Span<const int16_t> rows, int32_t n_channels, Span<uint32_t> memory,
                        Span<int16_t> features);

}  // namespace inkling
