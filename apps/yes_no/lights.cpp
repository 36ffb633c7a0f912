// The lights, see lights.h.
#include "apps/yes_no/lights.h"

namespace inkling {
namespace {

constexpr uint32_t kShownMs = 1000;  // long enough to be seen, shorter than the pause between two commands
constexpr uint32_t kBeatMs = 500;
constexpr uint32_t kSamplesPerMs = 16;

/// Waits by listening: unlike sleep_ms, this comes to an end where the sound does. Returns whether it went
/// on.
bool wait(uint32_t ms) {
  int16_t samples[10 * kSamplesPerMs];
  for (uint32_t waited_ms = 0; waited_ms < ms; waited_ms += 10)
    if (port::read_microphone(samples, 10 * kSamplesPerMs) < static_cast<int32_t>(10 * kSamplesPerMs))
      return false;
  return true;
}

}  // namespace

void Lights::show(port::Led led, uint32_t now_ms) {
  if (showing_ && shown_ != led) port::set_led(shown_, false);
  port::set_led(led, true);
  shown_ = led;
  showing_ = true;
  since_ms_ = now_ms;
}

void Lights::update(uint32_t now_ms) {
  if (showing_ && now_ms - since_ms_ >= kShownMs) {
    port::set_led(shown_, false);
    showing_ = false;
  }
  if (now_ms - beat_ms_ < kBeatMs) return;
  beat_ms_ = now_ms;
  beat_ = !beat_;
  port::set_led(port::Led::blue, beat_);
}

void blink_red() {
  bool on = true;
  do {
    port::set_led(port::Led::red, on);
    on = !on;
  } while (wait(kBeatMs));
}

}  // namespace inkling
