// The depthwise 3x3 convolution of Armv7em in assembler, channel by channel, on planes of int16 pairs: each
// word holds two neighbouring lines at one position. What is a line and what a position, row or column, is
// free.
#pragma once
#include "inkling/arch/planes.h"

namespace inkling {

// Both start alike. r0 points to the pairs, lr to the outputs, r7 to r12 are the weights. The stack: 0 bias,
// value, rounding, shift; 16 position_bytes, 20 line_bytes, 24 positions left, 28 free, 32 n, 36 pairs,
// 40 plane_bytes, 44 channel, 48 out, 52 channels left.
#define INKLING_PLANES_BEGIN    \
  "push    {r4-r11, lr}\n"      \
  "sub     sp, #60\n"           \
  "ldm     r0, {r1-r7}\n"       \
  "mov     r8, #4\n"            \
  "strd    r5, r6, [sp, #16]\n" \
  "strd    r7, r1, [sp, #32]\n" \
  "strd    r2, r3, [sp, #40]\n" \
  "strd    r4, r8, [sp, #48]\n" \
  "1:\n"                        \
  "ldr     r0, [sp, #44]\n"     \
  "ldm     r0!, {r7-r12}\n"     \
  "ldm     r0!, {r1-r4}\n"      \
  "stm     sp, {r1-r4}\n"       \
  "str     r0, [sp, #44]\n"     \
  "ldrd    r1, r0, [sp, #32]\n" \
  "str     r1, [sp, #24]\n"     \
  "ldr     r1, [sp, #40]\n"     \
  "add     r1, r0\n"            \
  "str     r1, [sp, #36]\n"     \
  "ldr     lr, [sp, #48]\n"     \
  "add     r1, lr, #1\n"        \
  "str     r1, [sp, #48]\n"     \
  "2:\n"
#define INKLING_PLANES_END  \
  "bgt     2b\n"            \
  "ldr     r0, [sp, #52]\n" \
  "subs    r0, #1\n"        \
  "str     r0, [sp, #52]\n" \
  "bne     1b\n"            \
  "add     sp, #60\n"       \
  "pop     {r4-r11, pc}\n"
// The share of one position in two lines: r1 holds its inputs of lines 0 and 1, r2 those of lines 2 and 3.
#define INKLING_PLANES_SUM(line0, line1, p, q, from0, from1) \
  "smlad   " line1 ", r2, " q ", " from1                     \
  "\n"                                                       \
  "smlatb  " line1 ", r1, " p ", " line1                     \
  "\n"                                                       \
  "smlad   " line0 ", r1, " p ", " from0                     \
  "\n"                                                       \
  "smlabt  " line0 ", r2, " q ", " line0 "\n"
// Sums to int8, with value and rounding in r1 and r2. Where the output's zero point is -128, negative sums
// saturate, and their rounding does not matter.
#define INKLING_PLANES_SCALE(sum, scratch) \
  "smmlar  " scratch ", " sum              \
  ", r1, r2\n"                             \
  "add     " sum ", " scratch ", " sum ", asr #31\n"
#define INKLING_PLANES_SCALE_RECTIFIED(sum, scratch) "smmlar  " sum ", " sum ", r1, r2\n"
#define INKLING_PLANES_CUT(sum, shift) \
  "asr     " sum ", " sum ", " shift   \
  "\n"                                 \
  "ssat    " sum ", #8, " sum "\n"
// lr is scratch in between.
#define INKLING_PLANES_SCALE_FOUR                                                            \
  "str     lr, [sp, #28]\n"                                                                  \
  "ldr     r1, [sp, #4]\n"                                                                   \
  "ldr     r2, [sp, #8]\n" INKLING_PLANES_SCALE("r3", "lr") INKLING_PLANES_SCALE("r4", "lr") \
      INKLING_PLANES_SCALE("r5", "lr") INKLING_PLANES_SCALE("r6", "lr") "ldr     lr, [sp, #28]\n"
#define INKLING_PLANES_SCALE_FOUR_RECTIFIED                                                                  \
  "ldr     r1, [sp, #4]\n"                                                                                   \
  "ldr     r2, [sp, #8]\n" INKLING_PLANES_SCALE_RECTIFIED("r3", "") INKLING_PLANES_SCALE_RECTIFIED("r4", "") \
      INKLING_PLANES_SCALE_RECTIFIED("r5", "") INKLING_PLANES_SCALE_RECTIFIED("r6", "")

// Stride 1: two positions of two lines at a time, 36 products in 79 cycles (M4).
#define INKLING_PLANES_TWO_LINES(SCALE_FOUR) \
  INKLING_PLANES_BEGIN                       \
  "ldr     r3, [sp]\n"                                                                                 \
  "ldr     r1, [r0]\n"                                                                                 \
  "ldr     r2, [r0, #4]\n" INKLING_PLANES_SUM("r5", "r4", "r7", "r8", "r3", "r3")                      \
  "ldr     r1, [r0, #8]\n"                                                                             \
  "ldr     r2, [r0, #12]\n" INKLING_PLANES_SUM("r5", "r4", "r9", "r10", "r5", "r4")                    \
  INKLING_PLANES_SUM("r3", "r6", "r7", "r8", "r3", "r3")                                               \
  "ldr     r1, [r0, #16]\n"                                                                            \
  "ldr     r2, [r0, #20]\n" INKLING_PLANES_SUM("r5", "r4", "r11", "r12", "r5", "r4")                   \
  INKLING_PLANES_SUM("r3", "r6", "r9", "r10", "r3", "r6")                                              \
  "ldr     r1, [r0, #24]\n"                                                                            \
  "ldr     r2, [r0, #28]\n" INKLING_PLANES_SUM("r3", "r6", "r11", "r12", "r3", "r6") SCALE_FOUR        \
  "ldr     r1, [sp, #12]\n" INKLING_PLANES_CUT("r3", "r1") INKLING_PLANES_CUT("r4", "r1")              \
  INKLING_PLANES_CUT("r5", "r1") INKLING_PLANES_CUT("r6", "r1")                                        \
  "ldr     r1, [sp, #16]\n"                                                                            \
  "ldr     r2, [sp, #20]\n"                                                                            \
  "add     r2, lr\n"                                                                                   \
  "strb    r4, [r2]\n"                                                                                 \
  "strb    r5, [lr]\n"                                                                                 \
  "ldr     r4, [sp, #24]\n"                                                                            \
  "add     r0, #16\n"                                                                                  \
  "subs    r4, #2\n"                                                                                   \
  "itt     pl\n"                                                                                       \
  "strbpl  r6, [r2, r1]\n"                                                                             \
  "strbpl  r3, [lr, r1]\n"                                                                             \
  "str     r4, [sp, #24]\n"                                                                            \
  "add     lr, lr, r1, lsl #1\n" INKLING_PLANES_END

// One line at a time: two positions, 18 products in 52 cycles (M4). The second position's inputs begin
// `apart` words further, and r0 moves on by twice that.
#define INKLING_PLANES_LOAD(first, second, word) \
  "ldr     " first ", [r0, #4 * (" word          \
  ")]\n"                                         \
  "ldr     " second ", [r0, #4 * (" word " + 1)]\n"
#define INKLING_PLANES_ONE_LINE(apart, SCALE) \
  INKLING_PLANES_BEGIN                        \
  "ldr     r4, [sp]\n"                                                                                 \
  "mov     r5, r4\n" INKLING_PLANES_LOAD("r1", "r2", "0") INKLING_PLANES_LOAD("r3", "r6", "2")         \
  INKLING_PLANES_SUM_ONE("r5", "r1", "r2", "r7", "r8")                                                 \
  INKLING_PLANES_SUM_ONE("r5", "r3", "r6", "r9", "r10") INKLING_PLANES_LOAD("r1", "r2", "4")           \
  INKLING_PLANES_SUM_ONE("r5", "r1", "r2", "r11", "r12")                                               \
  INKLING_PLANES_LOAD("r1", "r2", apart) INKLING_PLANES_LOAD("r3", "r6", apart " + 2")                 \
  INKLING_PLANES_SUM_ONE("r4", "r1", "r2", "r7", "r8")                                                 \
  INKLING_PLANES_SUM_ONE("r4", "r3", "r6", "r9", "r10") INKLING_PLANES_LOAD("r1", "r2", apart " + 4")  \
  INKLING_PLANES_SUM_ONE("r4", "r1", "r2", "r11", "r12")                                               \
  "ldr     r1, [sp, #4]\n"                                                                             \
  "ldr     r2, [sp, #8]\n"                                                                             \
  "ldr     r3, [sp, #12]\n" SCALE("r4", "r6") SCALE("r5", "r6") INKLING_PLANES_CUT("r4", "r3")         \
  INKLING_PLANES_CUT("r5", "r3")                                                                       \
  "ldr     r1, [sp, #16]\n"                                                                            \
  "ldr     r2, [sp, #24]\n"                                                                            \
  "strb    r5, [lr]\n"                                                                                 \
  "add     r0, #8 * (" apart ")\n"                                                                     \
  "subs    r2, #2\n"                                                                                   \
  "it      pl\n"                                                                                       \
  "strbpl  r4, [lr, r1]\n"                                                                             \
  "str     r2, [sp, #24]\n"                                                                            \
  "add     lr, lr, r1, lsl #1\n" INKLING_PLANES_END
#define INKLING_PLANES_SUM_ONE(sum, first, last, p, q) \
  "smlad   " sum ", " first ", " p ", " sum            \
  "\n"                                                 \
  "smlabt  " sum ", " last ", " q ", " sum "\n"

/// See multiply_planes_plainly: for stride 1 two lines, or one; for stride 2 one.
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_planes(const Planes&) {
  asm volatile(INKLING_PLANES_TWO_LINES(INKLING_PLANES_SCALE_FOUR));
}
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_planes_rectified(const Planes&) {
  asm volatile(INKLING_PLANES_TWO_LINES(INKLING_PLANES_SCALE_FOUR_RECTIFIED));
}
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_plane(const Planes&) {
  asm volatile(INKLING_PLANES_ONE_LINE("2", INKLING_PLANES_SCALE));
}
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_plane_rectified(const Planes&) {
  asm volatile(INKLING_PLANES_ONE_LINE("2", INKLING_PLANES_SCALE_RECTIFIED));
}
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_plane_by_two(const Planes&) {
  asm volatile(INKLING_PLANES_ONE_LINE("4", INKLING_PLANES_SCALE));
}
[[gnu::naked, gnu::noinline]] inline void armv7em_multiply_plane_by_two_rectified(const Planes&) {
  asm volatile(INKLING_PLANES_ONE_LINE("4", INKLING_PLANES_SCALE_RECTIFIED));
}

#undef INKLING_PLANES_ONE_LINE
#undef INKLING_PLANES_SUM_ONE
#undef INKLING_PLANES_LOAD
#undef INKLING_PLANES_TWO_LINES
#undef INKLING_PLANES_SCALE_FOUR_RECTIFIED
#undef INKLING_PLANES_SCALE_FOUR
#undef INKLING_PLANES_SCALE_RECTIFIED
#undef INKLING_PLANES_BEGIN
#undef INKLING_PLANES_END
#undef INKLING_PLANES_SUM
#undef INKLING_PLANES_SCALE
#undef INKLING_PLANES_CUT

}  // namespace inkling
