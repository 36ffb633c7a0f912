// The settings of the sound front end, in a maker's units. Leaves out everything derived from them:
// sound_tables.h.
#pragma once
#include <stdint.h>

namespace inkling {

/// How sound becomes features. The defaults are those of micro_speech and all models trained with its
/// features. Used while compiling only, hence the floats.
struct SoundSettings {
  int32_t rate_hz = 16000;
  int32_t window_ms = 30;
  int32_t hop_ms = 20;
  int32_t n_channels = 40;
  float lower_hz = 125;
  float upper_hz = 7500;

  int32_t smoothing_bits = 10;
  float even_smoothing = 0.025f;
  float odd_smoothing = 0.06f;
  float min_signal_remaining = 0.05f;

  bool with_pcan = true;
  float pcan_strength = 0.95f;
  float pcan_offset = 80;
  int32_t pcan_gain_bits = 21;

  int32_t log_scale = 64;

  constexpr int32_t window_samples() const { return window_ms * rate_hz / 1000; }
  constexpr int32_t hop_samples() const { return hop_ms * rate_hz / 1000; }
  /// The next power of two that holds a window.
  constexpr int32_t fft_size() const {
    int32_t size = 8;
    while (size < window_samples()) size *= 2;
    return size;
  }
  /// Frequencies of the spectrum are this far apart.
  constexpr float bin_hz() const { return static_cast<float>(rate_hz) / static_cast<float>(fft_size()); }
};

inline constexpr SoundSettings micro_speech_settings;

}  // namespace inkling
