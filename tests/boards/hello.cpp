// Console, lights, button, time and exit status.
#include "inkling/core/port.h"

using namespace inkling;

int main() {
  port::write("hello\n");
  port::set_led(port::Led::green, true);
  port::set_led(port::Led::green, true);  // no change, no line
  port::sleep_ms(25);
  port::set_led(port::Led::green, false);
  bool down = port::button();
  port::write(down ? "down\n" : "up\n");
  for (int change = 0; change < 2; ++change) {
    while (port::button() == down) port::sleep_ms(1);
    down = !down;
    port::set_led(port::Led::red, down);
  }
  return 7;
}
