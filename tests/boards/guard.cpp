// Strays from what a guard allows in the way that the file stray.txt names: a letter.
#include "boards/virtual/guard.h"

namespace {

using namespace inkling;

alignas(16) [[gnu::section(".arena")]] uint8_t memory[4096];
uint8_t inside;

uint8_t stray(char how, const volatile uint8_t* read, volatile uint8_t* changed) {
  switch (how) {
    case 'b':  // behind the last word of the block that may be read
      return read[1004];
    case 'm':  // into it
      *const_cast<volatile uint8_t*>(read) = 1;
      return 0;
    case 'c':  // behind the block that may be changed
      changed[1000] = 1;
      return 0;
    case 'f':  // far in front of it
      return changed[-1000];
    case 'j':  // just in front of it, which is noticed in the end
      changed[-1] = 1;
      return 0;
    case 'n':  // to the program itself, through a null pointer
      *reinterpret_cast<volatile uint8_t*>(uintptr_t{8}) = 1;
      return 0;
    default:
      changed[0] = read[0], changed[999] = read[1000];
      return inside;
  }
}

}  // namespace

int main() {
  char how = ' ';
  semihosting::read(semihosting::open("stray.txt"), &how, 1);
  const Bytes read{memory + 2048 - 1004, 1001};
  const MutableBytes changed{memory + 4096 - 1000, 1000};
  const Guard guard(read, changed, true);
  return stray(how, read.data, changed.data);
}
