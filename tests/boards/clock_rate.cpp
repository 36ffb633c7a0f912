// A long calculation in region 0, and the ticks of the board's timer that went by: two witnesses of one
// count.
#include "boards/virtual/line.h"
#include "boards/virtual/markers.h"

namespace {

volatile uint32_t sink;

[[gnu::noinline]] void work(uint32_t n) {
  uint32_t x = 1, sum = 0;
  for (uint32_t i = 0; i < n; ++i) {
    x = x * 1664525u + 1013904223u;
    sum += (x >> 24) * (x & 255);
    if (x & 4) sum ^= x;
  }
  sink = sum;
}

#if defined(__riscv)
uint32_t ticks() {
  return *reinterpret_cast<volatile uint32_t*>(0x0200BFF8);
}
void start_timer() {}
#else
uint32_t ticks() {
  return 0xFFFFFF - *reinterpret_cast<volatile uint32_t*>(0xE000E018);
}
void start_timer() {
  *reinterpret_cast<volatile uint32_t*>(0xE000E014) = 0xFFFFFF;
  *reinterpret_cast<volatile uint32_t*>(0xE000E018) = 0;
  *reinterpret_cast<volatile uint32_t*>(0xE000E010) = 5;
}
#endif

}  // namespace

int main() {
  start_timer();
  const uint32_t before = ticks();
  INKLING_MARK_BEGIN(0);
  work(1000000);
  INKLING_MARK_END(0);
  inkling::Line("ticks ").number((ticks() - before) & 0xFFFFFF).print();
  return 0;
}
