// Every part of the memory map: constants, variables, zeroes, constructors, model, arena, stack, 64-bit
// division.
#include "boards/virtual/line.h"
#include "boards/virtual/stack.h"

namespace {

#if defined(__ARM_ARCH_6M__)
constexpr uint32_t kModelBytes = 100 << 10, kArenaBytes = 8 << 10;
#else
constexpr uint32_t kModelBytes = 4 << 20, kArenaBytes = 3 << 20;
#endif
[[gnu::section(".model"), gnu::aligned(16)]] const volatile uint8_t model[kModelBytes] = {11, 22, 33};
[[gnu::section(".arena"), gnu::aligned(16)]] volatile uint8_t arena[kArenaBytes];
volatile uint32_t initialized = 0x12345678;
volatile uint32_t zeroed[4];
volatile uint64_t dividend = 1000000000007u;
volatile uint32_t divisor = 1000003;

struct Constructed {
  uint32_t value;
  explicit Constructed(uint32_t v) : value(v + initialized) {}
};
Constructed constructed(1);

[[gnu::noinline]] uint32_t use_stack() {
  volatile uint8_t room[1000];
  for (uint32_t i = 0; i < sizeof room; ++i) room[i] = 0;
  return room[999];
}

}  // namespace

int main() {
  inkling::Line("initialized ").hex(initialized).print();
  inkling::Line("zeroed ").number(zeroed[0] + zeroed[3]).print();
  inkling::Line("constructed ").hex(constructed.value).print();
  inkling::Line("model ")
      .number(model[0])
      .text(" ")
      .number(model[1])
      .text(" ")
      .number(model[kModelBytes - 1])
      .print();
  for (uint32_t i = 0; i < kArenaBytes; ++i) arena[i] = static_cast<uint8_t>(i + (i >> 8));
  uint32_t sum = 0;
  for (uint32_t i = 0; i < kArenaBytes; ++i) sum += arena[i];
  inkling::Line("arena ").text(sum == kArenaBytes / 256 * (255 * 128) ? "holds" : "does not hold").print();
  inkling::Line("quotient ").number(static_cast<uint32_t>(dividend / divisor)).print();
  inkling::paint_stack();
  const uint32_t result = use_stack();
  const uint32_t used = inkling::stack_used_bytes();
  inkling::Line("stack ").text(used >= 1000 && used < 1400 ? "about 1000" : "not about 1000").print();
  return static_cast<int>(result);
}
