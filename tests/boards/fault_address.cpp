// Reads where there is no memory.
#include <stdint.h>

int main() {
  return *reinterpret_cast<volatile int*>(0xE0200004u);
}
