// Numbers in decimal, see console.h.
#include "apps/yes_no/console.h"

namespace inkling {

void say_one(int32_t number) {
  char text[12];
  char* first = text + sizeof text - 1;
  *first = '\0';
  uint32_t rest = number < 0 ? 0u - static_cast<uint32_t>(number) : static_cast<uint32_t>(number);
  do {
    *--first = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (number < 0) *--first = '-';
  port::write(first);
}

}  // namespace inkling
