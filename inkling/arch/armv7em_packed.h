// The matrix product of packed weights (packed.h) in assembler: two pixels with four channels, four elements
// a step, in all fourteen registers.
#pragma once
#include "inkling/arch/packed.h"

namespace inkling {

// Two elements: 16 products in 15 cycles (M4), with their loads. r2 and r3 are the two pixels' pairs, r12 and
// lr the words of (a, b) and (c, d). r4 and r5 are S of (a, b) for each pixel, r6 and r7 Y of a, r8 and r9 S
// of (c, d), r10 and r11 Y of c.
#define INKLING_PACKED_PRODUCTS \
  "smlad   r4, r2, r12, r4\n"   \
  "smlad   r5, r3, r12, r5\n"   \
  "sxtb16  r12, r12\n"          \
  "smlad   r8, r2, lr, r8\n"    \
  "smlad   r9, r3, lr, r9\n"    \
  "sxtb16  lr, lr\n"            \
  "smlad   r6, r2, r12, r6\n"   \
  "smlad   r7, r3, r12, r7\n"   \
  "smlad   r10, r2, lr, r10\n"  \
  "smlad   r11, r3, lr, r11\n"
// A step of four elements, of 106 bytes. r0 is in the stream, r1 in the inputs.
#define INKLING_PACKED_STEP                         \
  "ldr.w   r12, [r0, #8]\n"                         \
  "ldr.w   lr, [r0, #12]\n"                         \
  "ldr     r2, [r1, #4]\n"                          \
  "ldr     r3, [r1, #12]\n" INKLING_PACKED_PRODUCTS \
  "ldr.w   lr, [r0, #4]\n"                          \
  "ldr     r12, [r0], #16\n"                        \
  "ldr     r3, [r1, #8]\n"                          \
  "ldr     r2, [r1], #16\n" INKLING_PACKED_PRODUCTS

// Outputs of two channels, in place of their sums: a0 and a1 are Y of both pixels, b0 and b1 S.
#define INKLING_PACKED_FINISH(a0, a1, b0, b1) \
  "ldm     r0!, {r1-r3}\n"                                     \
  "sub     " b0 ", " a0 "\n"                                   \
  "sub     " b1 ", " a1 "\n"                                   \
  "lsl     " a0 ", " a0 ", #1\n"                               \
  "lsl     " a1 ", " a1 ", #1\n" INKLING_PACKED_SCALE(a0, a1)  \
  "ldm     r0!, {r1-r3}\n"                                     \
  "asr     " b0 ", " b0 ", #7\n"                               \
  "asr     " b1 ", " b1 ", #7\n" INKLING_PACKED_SCALE(b0, b1)
#define INKLING_PACKED_SCALE(s0, s1) \
  "smmlar  r12, " s0                 \
  ", r1, r2\n"                       \
  "smmlar  lr, " s1                  \
  ", r1, r2\n"                       \
  "add     " s0 ", r12, " s0         \
  ", asr #31\n"                      \
  "add     " s1 ", lr, " s1 ", asr #31\n" INKLING_PACKED_SATURATE(s0, s1)
#define INKLING_PACKED_SATURATE(s0, s1) \
  "asr     " s0 ", " s0                 \
  ", r3\n"                              \
  "asr     " s1 ", " s1                 \
  ", r3\n"                              \
  "ssat    " s0 ", #8, " s0             \
  "\n"                                  \
  "ssat    " s1 ", #8, " s1 "\n"
// The same where the output's zero point is -128.
#define INKLING_PACKED_FINISH_RECTIFIED(a0, a1, b0, b1) \
  "ldm     r0!, {r1-r3}\n"                              \
  "sub     " b0 ", " a0 "\n"                            \
  "sub     " b1 ", " a1 "\n"                            \
  "lsl     " a0 ", " a0 ", #1\n"                        \
  "lsl     " a1 ", " a1 ", #1\n"                        \
  "smmlar  " a0 ", " a0 ", r1, r2\n"                    \
  "smmlar  " a1 ", " a1 ", r1, r2\n"                    \
  INKLING_PACKED_SATURATE(a0, a1)                       \
  "ldm     r0!, {r1-r3}\n"                              \
  "smmla   " b0 ", " b0 ", r1, r2\n"                    \
  "smmla   " b1 ", " b1 ", r1, r2\n"                    \
  INKLING_PACKED_SATURATE(b0, b1)

// The stack: 0 inputs' end, 4 inputs, 8 the step to start with, so that steps in front of a multiple of eight
// are left out, 12 channels left, 16 and 20 outputs.
#define INKLING_MULTIPLY_PACKED(FINISH) \
  "push    {r4-r11, lr}\n"                                                                                   \
  "sub     sp, #28\n"                                                                                        \
  "ldm     r0, {r4-r9}\n"                                                                                    \
  "sub     r1, r4, r5\n"                                                                                     \
  "ubfx    r1, r1, #4, #3\n"                                                                                 \
  "movs    r2, #106\n"                                                                                       \
  "adr     r3, 2f\n"                                                                                         \
  "mla     r1, r1, r2, r3\n"                                                                                 \
  "orr     r1, #1\n"                                                                                         \
  "mov     r0, r6\n"                                                                                         \
  "strd    r5, r4, [sp]\n"                                                                                   \
  "strd    r1, r7, [sp, #8]\n"                                                                               \
  "strd    r8, r9, [sp, #16]\n"                                                                              \
  "1:\n"                                                                                                     \
  "ldm     r0!, {r4, r6, r8, r10}\n"                                                                         \
  "ldrd    r1, r12, [sp, #4]\n"                                                                              \
  "mov     r5, r4\n"                                                                                         \
  "mov     r7, r6\n"                                                                                         \
  "mov     r9, r8\n"                                                                                         \
  "mov     r11, r10\n"                                                                                       \
  "bx      r12\n"                                                                                            \
  ".balign 4\n"                                                                                              \
  "2:\n" INKLING_PACKED_STEP INKLING_PACKED_STEP INKLING_PACKED_STEP INKLING_PACKED_STEP \
  INKLING_PACKED_STEP INKLING_PACKED_STEP INKLING_PACKED_STEP INKLING_PACKED_STEP                     \
  "ldr     r2, [sp]\n"                                                                                       \
  "cmp     r1, r2\n"                                                                                         \
  "bne     2b\n" FINISH("r6", "r7", "r4", "r5") FINISH("r10", "r11", "r8", "r9")                             \
  "ldr     r1, [sp, #12]\n"                                                                                  \
  "ldrd    r2, r3, [sp, #16]\n"                                                                              \
  "subs    r1, #4\n"                                                                                         \
  "bmi     3f\n"                                                                                             \
  "strb    r6, [r2], #1\n"                                                                                   \
  "strb    r4, [r2], #1\n"                                                                                   \
  "strb    r10, [r2], #1\n"                                                                                  \
  "strb    r8, [r2], #1\n"                                                                                   \
  "strb    r7, [r3], #1\n"                                                                                   \
  "strb    r5, [r3], #1\n"                                                                                   \
  "strb    r11, [r3], #1\n"                                                                                  \
  "strb    r9, [r3], #1\n"                                                                                   \
  "str     r1, [sp, #12]\n"                                                                                  \
  "strd    r2, r3, [sp, #16]\n"                                                                              \
  "bne     1b\n"                                                                                             \
  "b       4f\n"                                                                                             \
  "3:\n"                                                                                                     \
  "strb    r6, [r2]\n"                                                                                       \
  "strb    r7, [r3]\n"                                                                                       \
  "adds    r1, #2\n"                                                                                         \
  "bmi     4f\n"                                                                                             \
  "strb    r4, [r2, #1]\n"                                                                                   \
  "strb    r5, [r3, #1]\n"                                                                                   \
  "beq     4f\n"                                                                                             \
  "strb    r10, [r2, #2]\n"                                                                                  \
  "strb    r11, [r3, #2]\n"                                                                                  \
  "4:\n"                                                                                                     \
  "add     sp, #28\n"                                                                                        \
  "pop     {r4-r11, pc}\n"

/// See multiply_packed_plainly.
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_packed(const PackedTile&) {
  asm volatile(INKLING_MULTIPLY_PACKED(INKLING_PACKED_FINISH));
}
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_packed_rectified(const PackedTile&) {
  asm volatile(INKLING_MULTIPLY_PACKED(INKLING_PACKED_FINISH_RECTIFIED));
}

#undef INKLING_MULTIPLY_PACKED
#undef INKLING_PACKED_FINISH_RECTIFIED
#undef INKLING_PACKED_SATURATE
#undef INKLING_PACKED_SCALE
#undef INKLING_PACKED_FINISH
#undef INKLING_PACKED_STEP
#undef INKLING_PACKED_PRODUCTS

// Four elements of one input with four channels: 16 products in 20 cycles (M4) and 76 bytes. r0 is in the
// stream, r1 in the input; r4 is S of (a, b), r5 Y of a, r6 S of (c, d), r7 Y of c.
#define INKLING_PACKED_ROWS_STEP \
  "ldr.w   r9, [r0, #4]\n"       \
  "ldr.w   r10, [r0, #8]\n"      \
  "ldr.w   r11, [r0, #12]\n"     \
  "ldr     r8, [r0], #16\n"      \
  "ldr     r2, [r1], #4\n"       \
  "sxtb16  r3, r2, ror #8\n"     \
  "sxtb16  r2, r2\n"             \
  "smlad   r4, r2, r8, r4\n"     \
  "sxtb16  r8, r8\n"             \
  "smlad   r5, r2, r8, r5\n"     \
  "smlad   r6, r2, r9, r6\n"     \
  "sxtb16  r9, r9\n"             \
  "smlad   r7, r2, r9, r7\n"     \
  "smlad   r4, r3, r10, r4\n"    \
  "sxtb16  r10, r10\n"           \
  "smlad   r5, r3, r10, r5\n"    \
  "smlad   r6, r3, r11, r6\n"    \
  "sxtb16  r11, r11\n"           \
  "smlad   r7, r3, r11, r7\n"
// Outputs of two channels in place of their sums: a is Y, b is S.
#define INKLING_PACKED_ROWS_FINISH(a, b) \
  "ldm     r0!, {r1-r3}\n"               \
  "sub     " b ", " a                    \
  "\n"                                   \
  "lsl     " a ", " a                    \
  ", #1\n"                               \
  "smmlar  r8, " a                       \
  ", r1, r2\n"                           \
  "add     " a ", r8, " a                \
  ", asr #31\n"                          \
  "asr     " a ", " a                    \
  ", r3\n"                               \
  "ssat    " a ", #8, " a                \
  "\n"                                   \
  "ldm     r0!, {r1-r3}\n"               \
  "asr     " b ", " b                    \
  ", #7\n"                               \
  "smmlar  r8, " b                       \
  ", r1, r2\n"                           \
  "add     " b ", r8, " b                \
  ", asr #31\n"                          \
  "asr     " b ", " b                    \
  ", r3\n"                               \
  "ssat    " b ", #8, " b "\n"
#define INKLING_PACKED_ROWS_FINISH_RECTIFIED(a, b) \
  "ldm     r0!, {r1-r3}\n"                         \
  "sub     " b ", " a                              \
  "\n"                                             \
  "lsl     " a ", " a                              \
  ", #1\n"                                         \
  "smmlar  " a ", " a                              \
  ", r1, r2\n"                                     \
  "asr     " a ", " a                              \
  ", r3\n"                                         \
  "ssat    " a ", #8, " a                          \
  "\n"                                             \
  "ldm     r0!, {r1-r3}\n"                         \
  "smmla   " b ", " b                              \
  ", r1, r2\n"                                     \
  "asr     " b ", " b                              \
  ", r3\n"                                         \
  "ssat    " b ", #8, " b "\n"

// The stack: 0 input, 4 channels left, 8 output. r12 is the input's end, lr the step to start with.
#define INKLING_MULTIPLY_PACKED_ROWS(FINISH) \
  "push    {r4-r11, lr}\n"                                                                               \
  "sub     sp, #12\n"                                                                                    \
  "ldm     r0, {r1-r5}\n"                                                                                \
  "mov     r12, r2\n"                                                                                    \
  "mov     r0, r3\n"                                                                                     \
  "strd    r1, r4, [sp]\n"                                                                               \
  "str     r5, [sp, #8]\n"                                                                               \
  "sub     r1, r1, r2\n"                                                                                 \
  "ubfx    r1, r1, #2, #2\n"                                                                             \
  "movs    r2, #76\n"                                                                                    \
  "adr     r3, 2f\n"                                                                                     \
  "mla     lr, r1, r2, r3\n"                                                                             \
  "orr     lr, #1\n"                                                                                     \
  "1:\n"                                                                                                 \
  "ldm     r0!, {r4-r7}\n"                                                                               \
  "ldr     r1, [sp]\n"                                                                                   \
  "bx      lr\n"                                                                                         \
  ".balign 4\n"                                                                                          \
  "2:\n" INKLING_PACKED_ROWS_STEP INKLING_PACKED_ROWS_STEP INKLING_PACKED_ROWS_STEP                      \
  INKLING_PACKED_ROWS_STEP                                                                               \
  "cmp     r1, r12\n"                                                                                    \
  "bne     2b\n" FINISH("r5", "r4") FINISH("r7", "r6")                                                   \
  "ldrd    r1, r2, [sp, #4]\n"                                                                           \
  "subs    r1, #4\n"                                                                                     \
  "bmi     3f\n"                                                                                         \
  "strb    r5, [r2], #1\n"                                                                               \
  "strb    r4, [r2], #1\n"                                                                               \
  "strb    r7, [r2], #1\n"                                                                               \
  "strb    r6, [r2], #1\n"                                                                               \
  "strd    r1, r2, [sp, #4]\n"                                                                           \
  "bne     1b\n"                                                                                         \
  "b       4f\n"                                                                                         \
  "3:\n"                                                                                                 \
  "strb    r5, [r2]\n"                                                                                   \
  "adds    r1, #2\n"                                                                                     \
  "bmi     4f\n"                                                                                         \
  "strb    r4, [r2, #1]\n"                                                                               \
  "it      ne\n"                                                                                         \
  "strbne  r7, [r2, #2]\n"                                                                               \
  "4:\n"                                                                                                 \
  "add     sp, #12\n"                                                                                    \
  "pop     {r4-r11, pc}\n"

/// See multiply_packed_rows_plainly.
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_packed_rows(const PackedRows&) {
  asm volatile(INKLING_MULTIPLY_PACKED_ROWS(INKLING_PACKED_ROWS_FINISH));
}
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_packed_rows_rectified(const PackedRows&) {
  asm volatile(INKLING_MULTIPLY_PACKED_ROWS(INKLING_PACKED_ROWS_FINISH_RECTIFIED));
}

#undef INKLING_MULTIPLY_PACKED_ROWS
#undef INKLING_PACKED_ROWS_FINISH_RECTIFIED
#undef INKLING_PACKED_ROWS_FINISH
#undef INKLING_PACKED_ROWS_STEP

}  // namespace inkling
