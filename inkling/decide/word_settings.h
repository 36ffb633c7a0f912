// Settings of the decider for words: what the applications listen with and the desk evaluates with.
#pragma once
#include "inkling/decide/decider.h"

namespace inkling {

/// For models that look at the last second, ten times a second. Such a model sees half a second's word whole
/// for half a second and most of it for somewhat longer: the mean over that time is high for words and low
/// for what sounds like one for a moment. Found with models/yes_no.tflite and a model trained on recordings,
/// by trying means over 400 to 900 ms and thresholds of 67 to 90 %.
constexpr DecideSettings make_word_settings() {
  DecideSettings settings;
  settings.window_ms = 600;
  return settings;
}
constexpr DecideSettings kWordSettings = make_word_settings();

/// 75 % of 255.
constexpr uint8_t kWordThreshold = 190;

}  // namespace inkling
