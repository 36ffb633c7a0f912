// Loops whose instructions and Cortex-M4 cycles are known by hand, between markers.
#include <stdint.h>

#include "boards/virtual/markers.h"

namespace {

/// Puts a value into its register here and not later.
void settle(uint32_t& value) {
#if defined(__riscv)
  asm volatile("" : "+r"(value));
#else
  asm volatile("" : "+l"(value));
#endif
}

/// Region 0: 2 instructions 1000 times; 1000 * 2 cycles and 2 more for each of 999 taken branches. Region 7
/// opens with it and goes on.
void loop() {
  uint32_t n = 1000;
  settle(n);
  INKLING_MARK_BEGIN(7);
  INKLING_MARK_BEGIN(0);
#if defined(__riscv)
  asm volatile("1: addi %0, %0, -1\n bnez %0, 1b" : "+r"(n));
#else
  asm volatile(".syntax unified\n1: subs %0, #1\n bne 1b" : "+l"(n)::"cc");
#endif
  INKLING_MARK_END(0);
}

#if defined(__ARM_FEATURE_DSP)
/// Region 3: 10 instructions 100 times; the cycles of one pass stand beside them.
void mixed_loop() {
  uint32_t memory[3] = {};
  uint32_t n = 100;
  settle(n);
  INKLING_MARK_BEGIN(3);
  asm volatile(
      "1: ldr r0, [%1]\n"       // 2
      "ldr r3, [%1, #4]\n"      // 1, a load after a load
      "str r0, [%1, #8]\n"      // 1
      "smlad r0, r0, r3, r0\n"  // 1
      "ldr r3, [%1]\n"          // 2
      "mla r0, r3, r3, r0\n"    // 1
      "smull r0, r3, r3, r0\n"  // 1
      "sdiv r0, r3, r3\n"       // 6
      "subs %0, #1\n"           // 1
      "bne 1b"                  // 1, and 2 when taken
      : "+l"(n)
      : "l"(memory)
      : "r0", "r3", "cc", "memory");
  INKLING_MARK_END(3);
}
#endif

}  // namespace

int main() {
  loop();
  // Region 7 ends inside of region 1.
  INKLING_MARK_BEGIN(1);
  asm volatile("nop");
  INKLING_MARK_END(7);
  asm volatile("nop\n nop");
  INKLING_MARK_END(1);
#if defined(__ARM_FEATURE_DSP)
  mixed_loop();
#endif
  return 0;
}
