// Settings of the sound front end for what is no speech: machines, surroundings. Steady sounds are what such
// models listen for, so nothing that is steady is taken away: no noise reduction, no PCAN.
#pragma once
#include "inkling/signal/sound_settings.h"

namespace inkling {

/// Rows of 40 features, 20 ms apart; the channels reach further down than those for words.
constexpr SoundSettings make_scene_settings() {
  SoundSettings settings;
  settings.window_ms = 32;
  settings.lower_hz = 60;
  settings.even_smoothing = 0;
  settings.odd_smoothing = 0;
  settings.min_signal_remaining = 1;
  settings.with_pcan = false;
  return settings;
}
inline constexpr SoundSettings scene_settings = make_scene_settings();

}  // namespace inkling
