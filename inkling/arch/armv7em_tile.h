// The matrix products of Armv7em in assembler: four rows of weights with one input, and two pixels with two
// rows of weights at a time, four elements a step, in all fourteen registers. The weights are read as the
// model stores them.
#pragma once
#include "inkling/arch/portable.h"

namespace inkling {

// One step: 16 products in 19 cycles (M4). r0 is in row a, r2 what lies between the rows, r1 in the inputs;
// r4 and r5 sum row a, r6 and r7 row b, each for the two pixels.
#define INKLING_TILE_LOADS   \
  "ldr.w   r12, [r0, r2]\n"  \
  "ldr     r3, [r0], #4\n"   \
  "ldr.w   r9, [r1, #4]\n"   \
  "ldr.w   r10, [r1, #8]\n"  \
  "ldr.w   r11, [r1, #12]\n" \
  "ldr     r8, [r1], #16\n"
#define INKLING_TILE_PRODUCTS  \
  "sxtb16  lr, r3\n"           \
  "smlad   r4, r8, lr, r4\n"   \
  "smlad   r5, r10, lr, r5\n"  \
  "sxtb16  r3, r3, ror #8\n"   \
  "smlad   r4, r9, r3, r4\n"   \
  "smlad   r5, r11, r3, r5\n"  \
  "sxtb16  lr, r12\n"          \
  "smlad   r6, r8, lr, r6\n"   \
  "smlad   r7, r10, lr, r7\n"  \
  "sxtb16  r12, r12, ror #8\n" \
  "smlad   r6, r9, r12, r6\n"  \
  "smlad   r7, r11, r12, r7\n"
// Portable::finish of two sums of a channel with value, rounding and shift in the registers given.
#define INKLING_TILE_FINISH(s0, s1, value, rounding, shift) \
  "lsl     " s0 ", " s0                                     \
  ", #1\n"                                                  \
  "lsl     " s1 ", " s1                                     \
  ", #1\n"                                                  \
  "smmlar  r12, " s0 ", " value ", " rounding               \
  "\n"                                                      \
  "smmlar  lr, " s1 ", " value ", " rounding                \
  "\n"                                                      \
  "add     " s0 ", r12, " s0                                \
  ", asr #31\n"                                             \
  "add     " s1 ", lr, " s1                                 \
  ", asr #31\n"                                             \
  "asr     " s0 ", " s0 ", " shift                          \
  "\n"                                                      \
  "asr     " s1 ", " s1 ", " shift                          \
  "\n"                                                      \
  "ssat    " s0 ", #8, " s0                                 \
  "\n"                                                      \
  "ssat    " s1 ", #8, " s1 "\n"

/// See Portable::multiply_tile. An odd channel counts once, but its row is read twice: stride 0 keeps that
/// inside the weights.
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_tile(const Tile&) {
  asm volatile(
      // The stack: 0 inputs' end, 4 inputs, 8 row a, 12 channel, 16 channels left, 20 and 24 outputs, 28 the
      // step to start with, so that steps in front of a multiple of four are left out.
      "push    {r4-r11, lr}\n"
      "sub     sp, #36\n"
      "ldm     r0, {r4-r11}\n"  // inputs, end, weights, stride, channels, n_channels, out[0], out[1]
      "sub     r0, r5, r4\n"
      "adr     r1, 2f\n"
      "rsb     r0, r0, #0\n"
      "and     r0, r0, #48\n"         // 16 bytes of inputs for each step to leave out
      "add     r0, r0, r0, lsl #1\n"  // 72 bytes of code are 4.5 times as much
      "add     r0, r0, r0, lsr #1\n"
      "add     r1, r0\n"
      "orr     r1, #1\n"
      "mov     r2, r7\n"
      "strd    r5, r4, [sp]\n"
      "strd    r6, r8, [sp, #8]\n"
      "strd    r9, r10, [sp, #16]\n"
      "strd    r11, r1, [sp, #24]\n"
      "mov     r3, r8\n"
      "1:\n"
      "ldr     r0, [sp, #8]\n"
      "ldr     r1, [sp, #4]\n"
      "ldr     r12, [sp, #28]\n"
      "ldr     r4, [r3]\n"
      "ldr     r6, [r3, #16]\n"
      "mov     r5, r4\n"
      "mov     r7, r6\n"
      "bx      r12\n"
      ".balign 4\n"
      "2:\n"  //
      INKLING_TILE_LOADS INKLING_TILE_PRODUCTS INKLING_TILE_LOADS INKLING_TILE_PRODUCTS INKLING_TILE_LOADS
          INKLING_TILE_PRODUCTS INKLING_TILE_LOADS
      "ldr     lr, [sp]\n"
      "cmp     r1, lr\n"  //
      INKLING_TILE_PRODUCTS
      "bne     2b\n"
      "ldr     r0, [sp, #12]\n"
      "ldr     r1, [r0, #4]\n"
      "ldr     r3, [r0, #8]\n"
      "ldr     r8, [r0, #12]\n"
      "ldr     r9, [r0, #20]\n"
      "ldr     r10, [r0, #24]\n"
      "ldr     r11, [r0, #28]\n"  //
      INKLING_TILE_FINISH("r4", "r5", "r1", "r3", "r8")
      INKLING_TILE_FINISH("r6", "r7", "r9", "r10", "r11")
      "add     r3, r0, #32\n"
      "str     r3, [sp, #12]\n"
      "ldr     r0, [sp, #20]\n"
      "ldr     r1, [sp, #24]\n"
      "ldr     r8, [sp, #8]\n"
      "ldr     r9, [sp, #16]\n"
      "strb    r4, [r0], #1\n"
      "strb    r5, [r1], #1\n"
      "add     r8, r8, r2, lsl #1\n"
      "subs    r9, #2\n"
      "itt     pl\n"
      "strbpl  r6, [r0], #1\n"
      "strbpl  r7, [r1], #1\n"
      "str     r0, [sp, #20]\n"
      "str     r1, [sp, #24]\n"
      "str     r8, [sp, #8]\n"
      "str     r9, [sp, #16]\n"
      "bgt     1b\n"
      "add     sp, #36\n"
      "pop     {r4-r11, pc}\n");
}

// A step: 16 products in 25 cycles (M4). r1 is in the input, r3 in the first row, r2 and r8 are one and three
// rows, r9 is -x_zero_point twice, r4 to r7 sum the rows.
#define INKLING_ROWS_PRODUCTS(sum1, sum0) \
  "sxtb16  lr, r12\n"                     \
  "smlad   " sum1 ", r10, lr, " sum1      \
  "\n"                                    \
  "sxtb16  r12, r12, ror #8\n"            \
  "smlad   " sum1 ", r11, r12, " sum1     \
  "\n"                                    \
  "sxtb16  lr, r0\n"                      \
  "smlad   " sum0 ", r10, lr, " sum0      \
  "\n"                                    \
  "sxtb16  r0, r0, ror #8\n"              \
  "smlad   " sum0 ", r11, r0, " sum0 "\n"
#define INKLING_ROWS_FIRST \
  "ldr     r10, [r1], #4\n"                       \
  "ldr.w   r12, [r3, r2]\n"                       \
  "ldr.w   r0, [r3, r2, lsl #1]\n"                \
  "sxtab16 r11, r9, r10, ror #8\n"                \
  "sxtab16 r10, r9, r10\n"                        \
  INKLING_ROWS_PRODUCTS("r5", "r6")               \
  "ldr.w   r12, [r3, r8]\n"                       \
  "ldr     r0, [r3], #4\n"

/// See WeightRows.
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_rows(const WeightRows&) {
  asm volatile(
      // The stack, as WeightRows: 0 x, 4 x_end, 8 weights, 12 stride, 16 bias, 20 out, 24 out_end, 28 value,
      // 32 rounding, 36 shift.
      "push    {r4-r11, lr}\n"
      "sub     sp, #44\n"
      "ldm     r0, {r1-r8, r10-r12}\n"
      "stm     sp, {r1-r8, r10-r12}\n"
      "mov     r9, r12\n"
      "mov     r2, r4\n"
      "add     r8, r2, r2, lsl #1\n"
      "0:\n"
      "ldr     r0, [sp, #16]\n"
      "ldr     r1, [sp]\n"
      "ldr     r12, [sp, #4]\n"
      "ldm     r0!, {r4-r7}\n"
      "str     r0, [sp, #16]\n"
      "sub     r12, r1\n"
      "tst     r12, #4\n"
      "bne     2f\n"
      "1:\n"  //
      INKLING_ROWS_FIRST INKLING_ROWS_PRODUCTS("r7", "r4")
      "2:\n"  //
      INKLING_ROWS_FIRST
      "ldr     lr, [sp, #4]\n"
      "cmp     r1, lr\n"  //
      INKLING_ROWS_PRODUCTS("r7", "r4")
      "bne     1b\n"
      "ldr     r11, [sp, #36]\n"
      "ldr     r1, [sp, #20]\n"
      "ldr     r0, [sp, #28]\n"
      "ldr     r10, [sp, #32]\n"
      "cmp     r11, #0\n"
      "bmi     3f\n"
      "add     r3, r8\n"  //
      INKLING_TILE_FINISH("r4", "r5", "r0", "r10", "r11")
      INKLING_TILE_FINISH("r6", "r7", "r0", "r10", "r11")
      "ldr     r0, [sp, #24]\n"
      "strb    r4, [r1], #1\n"
      "strb    r5, [r1], #1\n"
      "strb    r6, [r1], #1\n"
      "strb    r7, [r1], #1\n"
      "cmp     r1, r0\n"
      "str     r1, [sp, #20]\n"
      "bne     0b\n"
      "b       4f\n"
      "3:\n"
      "stm     r1, {r4-r7}\n"
      "4:\n"
      "add     sp, #44\n"
      "pop     {r4-r11, pc}\n");
}

#undef INKLING_ROWS_PRODUCTS
#undef INKLING_ROWS_FIRST
#undef INKLING_TILE_LOADS
#undef INKLING_TILE_PRODUCTS
#undef INKLING_TILE_FINISH

}  // namespace inkling
