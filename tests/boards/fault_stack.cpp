// Recurses until the stack is full.
#include <stdint.h>

volatile bool forever = true;

[[gnu::noinline]] int deeper(volatile uint8_t* caller) {
  volatile uint8_t room[64];
  room[0] = caller[0];
  return forever ? deeper(room) + room[0] : 0;
}

int main() {
  volatile uint8_t room[1] = {};
  return deeper(room);
}
