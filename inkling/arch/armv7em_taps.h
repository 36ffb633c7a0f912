// The depthwise convolution of a line of taps (taps.h) in assembler: four channels at a time.
#pragma once
#include "inkling/arch/taps.h"

namespace inkling {

// Two taps of four channels: 8 products in 20 cycles (M4). r0 is in the stream, r1 at the first tap, r2 is
// the step, r4 to r7 are the sums.
#define INKLING_TAPS_PAIR          \
  "ldr     r8, [r1]\n"             \
  "ldr     r9, [r1, r2]\n"         \
  "ldm     r0!, {r11, r12}\n"      \
  "pkhbt   r10, r8, r9, lsl #16\n" \
  "pkhtb   r8, r9, r8, asr #16\n"  \
  "sxtb16  r9, r10\n"              \
  "sxtb16  r10, r10, ror #8\n"     \
  "smlad   r4, r9, r11, r4\n"      \
  "smlad   r5, r10, r12, r5\n"     \
  "ldm     r0!, {r11, r12}\n"      \
  "sxtb16  r9, r8\n"               \
  "sxtb16  r10, r8, ror #8\n"      \
  "smlad   r6, r9, r11, r6\n"      \
  "smlad   r7, r10, r12, r7\n"
#define INKLING_TAPS_FINISH(sum) \
  "ldm     r0!, {r8-r10}\n"      \
  "smmlar  r11, " sum            \
  ", r8, r9\n"                   \
  "add     " sum ", r11, " sum   \
  ", asr #31\n"                  \
  "asr     " sum ", " sum        \
  ", r10\n"                      \
  "ssat    " sum ", #8, " sum "\n"

/// See multiply_taps_plainly.
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_taps(const TapRow&) {
  asm volatile(
      // The stack: 0 pairs but the last, 4 stream, 8 x, 12 x_step, 16 out_step, 20 outputs left, 24 how far
      // the last pair goes back. lr is out.
      "push    {r4-r11, lr}\n"
      "sub     sp, #28\n"
      "ldm     r0, {r1-r8}\n"  // x, x_step, tap_step, n_taps, stream, out, out_step, n
      "mov     lr, r6\n"
      "add     r4, r4, #1\n"
      "asrs    r9, r4, #1\n"  // carry: an even number of taps
      "ite     cs\n"
      "movcs   r4, #0\n"
      "movcc   r4, r3\n"
      "sub     r9, r9, #1\n"
      "strd    r9, r5, [sp]\n"
      "strd    r1, r2, [sp, #8]\n"
      "strd    r7, r8, [sp, #16]\n"
      "str     r4, [sp, #24]\n"
      "mov     r2, r3\n"
      "1:\n"
      "ldrd    r3, r0, [sp]\n"
      "ldrd    r1, r8, [sp, #8]\n"
      "ldm     r0!, {r4-r7}\n"
      "add     r8, r1\n"
      "str     r8, [sp, #8]\n"
      "cbz     r3, 3f\n"
      "2:\n" INKLING_TAPS_PAIR
      "subs    r3, #1\n"
      "add     r1, r1, r2, lsl #1\n"
      "bne     2b\n"
      "3:\n"
      "ldr     r3, [sp, #24]\n"
      "sub     r1, r3\n" INKLING_TAPS_PAIR INKLING_TAPS_FINISH("r4") INKLING_TAPS_FINISH("r5")
          INKLING_TAPS_FINISH("r6") INKLING_TAPS_FINISH("r7")
      "ldrd    r8, r9, [sp, #16]\n"
      "strb    r4, [lr]\n"
      "strb    r5, [lr, #1]\n"
      "strb    r6, [lr, #2]\n"
      "strb    r7, [lr, #3]\n"
      "add     lr, r8\n"
      "subs    r9, #1\n"
      "str     r9, [sp, #20]\n"
      "bne     1b\n"
      "add     sp, #28\n"
      "pop     {r4-r11, pc}\n");
}

#undef INKLING_TAPS_FINISH
#undef INKLING_TAPS_PAIR

}  // namespace inkling
