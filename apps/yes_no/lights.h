// The lights: one for each word for a second, a blinking one for the life of the program, a blinking red one
// for its end. Leaves out which word gets which light.
#pragma once
#include <stdint.h>

#include "inkling/core/port.h"

namespace inkling {

/// Lights that go out by themselves. Tell them the time often.
class Lights {
 public:
  /// Switches a light on for a second; the one that was on goes off.
  void show(port::Led led, uint32_t now_ms);
  /// Switches off what has been on long enough, and beats the heart.
  void update(uint32_t now_ms);

 private:
  port::Led shown_ = port::Led::green;
  bool showing_ = false;
  uint32_t since_ms_ = 0;
  uint32_t beat_ms_ = 0;
  bool beat_ = false;
};

/// Blinks red for ever; on a virtual board, until the sound has ended.
void blink_red();

}  // namespace inkling
