// From reset to main, the same for every processor: initial values of variables, zeroes, constructors, main,
// exit. Leaves out destructors: a board's program ends with its power, or here with halt().
#include "boards/virtual/machine.h"
#include "inkling/core/port.h"

extern "C" {
extern uint32_t _sidata[], _sdata[], _edata[], _sbss[], _ebss[];
extern void (*const _init_array_start[])();
extern void (*const _init_array_end[])();
}

int main();

void start() {
  // Through volatile, or the compiler would call memcpy and memset before the program is there.
  const uint32_t* from = _sidata;
  for (volatile uint32_t* to = _sdata; to < _edata; ++to) *to = *from++;
  for (volatile uint32_t* to = _sbss; to < _ebss; ++to) *to = 0;
  for (void (*const* constructor)() = _init_array_start; constructor < _init_array_end; ++constructor) {
    (*constructor)();
  }
  inkling::port::halt(main());
}
