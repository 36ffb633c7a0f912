// The matrix products of Armv7m in assembler: four rows of weights with one input, and two pixels with two
// rows of weights at a time. Two pixels share a word, so that one multiplication makes two products.
#pragma once
#include "inkling/arch/portable.h"

namespace inkling {

// Two elements: 8 products in 19 cycles. r0 is in the inputs, whose words are X = x0 + 65536 x1, r1 in row a,
// r2 what lies between the rows. Two products w X + w' X' are P0 + 65536 P1 with |P0| < 2^15, so that P1 =
// round(sum / 65536): r5 and r7 sum P1 for the rows, r4 and r6 all of it, from which P0 follows.
#define INKLING_TILE_STEP       \
  "ldrsb   r12, [r1, r2]\n"     \
  "ldrsb   r10, [r1], #1\n"     \
  "ldrsb   lr, [r1, r2]\n"      \
  "ldrsb   r11, [r1], #1\n"     \
  "ldr     r9, [r0, #4]\n"      \
  "ldr     r8, [r0], #8\n"      \
  "mul     r10, r10, r8\n"      \
  "mul     r12, r12, r8\n"      \
  "mla     r10, r11, r9, r10\n" \
  "mla     r12, lr, r9, r12\n"  \
  "add     r4, r10\n"           \
  "asrs    r10, r10, #16\n"     \
  "adc     r5, r5, r10\n"       \
  "add     r6, r12\n"           \
  "asrs    r12, r12, #16\n"     \
  "adc     r7, r7, r12\n"
// Portable::finish: r1 value, r3 rounding, r8 shift.
#define INKLING_TILE_FINISH(sum) \
  "lsl     r9, " sum             \
  ", #1\n"                       \
  "smull   r10, r11, r9, r1\n"   \
  "lsls    r10, r10, #1\n"       \
  "adc     r11, r11, r3\n"       \
  "add     " sum ", r11, " sum   \
  ", asr #31\n"                  \
  "asr     " sum ", " sum        \
  ", r8\n"                       \
  "ssat    " sum ", #8, " sum "\n"

/// See Portable::multiply_tile; no weight is -128. An odd channel counts once, but its row is read twice:
/// stride 0 keeps that inside the weights.
[[gnu::naked, gnu::noinline]] inline void armv7m_multiply_tile(const Tile&) {
  asm volatile(
      // The stack: 0 inputs, 4 inputs' end, 8 row a, 12 channel, 16 channels left, 20 and 24 outputs.
      "push    {r4-r11, lr}\n"
      "sub     sp, #28\n"
      "ldm     r0, {r4-r11}\n"  // inputs, end, weights, stride, channels, n_channels, out[0], out[1]
      "mov     r2, r7\n"
      "strd    r4, r5, [sp]\n"
      "strd    r6, r8, [sp, #8]\n"
      "strd    r9, r10, [sp, #16]\n"
      "str     r11, [sp, #24]\n"
      "1:\n"
      "ldrd    r0, r3, [sp]\n"
      "ldrd    r1, r8, [sp, #8]\n"
      "ldr     r5, [r8]\n"
      "ldr     r7, [r8, #16]\n"
      "sub     r9, r3, r0\n"
      "tst     r9, #16\n"
      "add     r4, r5, r5, lsl #16\n"
      "add     r6, r7, r7, lsl #16\n"
      "bne     3f\n"
      "2:\n"  //
      INKLING_TILE_STEP INKLING_TILE_STEP
      "3:\n"  //
      INKLING_TILE_STEP INKLING_TILE_STEP
      "cmp     r0, r3\n"
      "bne     2b\n"
      "ldr     r0, [sp, #12]\n"
      "ldr     r1, [r0, #4]\n"
      "ldr     r3, [r0, #8]\n"
      "ldr     r8, [r0, #12]\n"
      "sub     r4, r4, r5, lsl #16\n"
      "sub     r6, r6, r7, lsl #16\n"  //
      INKLING_TILE_FINISH("r4") INKLING_TILE_FINISH("r5")
      "ldr     r1, [r0, #20]\n"
      "ldr     r3, [r0, #24]\n"
      "ldr     r8, [r0, #28]\n"  //
      INKLING_TILE_FINISH("r6") INKLING_TILE_FINISH("r7")
      "adds    r0, #32\n"
      "ldr     r8, [sp, #8]\n"
      "ldr     r9, [sp, #16]\n"
      "ldr     r10, [sp, #20]\n"
      "ldr     r11, [sp, #24]\n"
      "str     r0, [sp, #12]\n"
      "add     r8, r8, r2, lsl #1\n"
      "strb    r4, [r10], #1\n"
      "strb    r5, [r11], #1\n"
      "subs    r9, #2\n"
      "itt     pl\n"
      "strbpl  r6, [r10], #1\n"
      "strbpl  r7, [r11], #1\n"
      "str     r8, [sp, #8]\n"
      "str     r9, [sp, #16]\n"
      "str     r10, [sp, #20]\n"
      "str     r11, [sp, #24]\n"
      "bgt     1b\n"
      "add     sp, #28\n"
      "pop     {r4-r11, pc}\n");
}

#undef INKLING_TILE_STEP
#undef INKLING_TILE_FINISH

// One element of four rows: 4 products in 15 cycles. r0 is in the input, r9 its zero point, r2 in the first
// row; r3, r8 are what lies between the rows, once and three times.
#define INKLING_ROWS_STEP           \
  "ldrsb   r1, [r0], #1\n"          \
  "ldrsb   r10, [r2, r3]\n"         \
  "ldrsb   r11, [r2, r3, lsl #1]\n" \
  "ldrsb   r12, [r2, r8]\n"         \
  "ldrsb   lr, [r2], #1\n"          \
  "sub     r1, r9\n"                \
  "mla     r5, r1, r10, r5\n"       \
  "mla     r6, r1, r11, r6\n"       \
  "mla     r7, r1, r12, r7\n"       \
  "mla     r4, r1, lr, r4\n"

/// Portable::dot_rows for n > 0, a multiple of four; the sums go to `sums`.
[[gnu::naked, gnu::noinline]] inline void armv7m_dot_rows(const int8_t*, int32_t /*x_zero_point*/,
                                                          const int8_t*, int32_t /*stride*/,
                                                          const int8_t* /*x_end*/, Sums* /*sums*/) {
  asm volatile(
      "push    {r4-r11, lr}\n"
      "mov     r9, r1\n"
      "add     r8, r3, r3, lsl #1\n"
      "movs    r4, #0\n"
      "movs    r5, #0\n"
      "movs    r6, #0\n"
      "movs    r7, #0\n"
      "1:\n"  //
      INKLING_ROWS_STEP INKLING_ROWS_STEP INKLING_ROWS_STEP INKLING_ROWS_STEP
      "ldr     r1, [sp, #36]\n"
      "cmp     r0, r1\n"
      "bne     1b\n"
      "ldr     r0, [sp, #40]\n"
      "stm     r0, {r4-r7}\n"
      "pop     {r4-r11, pc}\n");
}

#undef INKLING_ROWS_STEP

}  // namespace inkling
