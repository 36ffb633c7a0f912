// The matrix product of Mve with one input, in assembler: four rows of weights at a time, sixteen int8 a
// step. The zero point does not fit into int8, so it enters through the rows' sums: sum((x - z) w) = sum(x w)
// - z sum(w).
#pragma once
#include "inkling/arch/portable.h"

namespace inkling {

/// WeightRows of any depth. The first step of a row is the incomplete one: its first `lead` lanes lie in
/// front of the row and are left out.
struct MveRows {
  const int8_t* rows[4];  ///< the first four, minus lead
  const int8_t *x, *x_end;
  int32_t advance;  ///< from the end of a row to the fourth next
  const int32_t* bias;
  void *out, *out_end;
  int32_t value, rounding;
  int32_t shift;  ///< negative; 1 for sums
  int32_t minus_zero_point;
  int32_t lead;
};

// Of each row r0 to r6 become the sums of products, r8 to lr those of weights. r9 is in the input, r1 to r7
// in the rows.
[[gnu::naked, gnu::noinline]] inline void mve_multiply_rows(const MveRows&) {
  asm volatile(
      "push    {r4-r11, lr}\n"
      "sub     sp, #60\n"
      "ldm     r0!, {r1-r12}\n"
      "stm     sp, {r1-r12}\n"  // MveRows is the stack
      "ldm     r0, {r1-r3}\n"
      "add     r0, sp, #48\n"
      "stm     r0, {r1-r2}\n"
      "vctp.8  r3\n"
      "vpnot\n"
      "1:\n"
      "ldm     sp, {r1, r3, r5, r7, r9, r11}\n"
      "vpstttt\n"
      "vldrbt.u8 q0, [r9], #16\n"
      "vldrbt.u8 q1, [r1], #16\n"
      "vldrbt.u8 q2, [r3], #16\n"
      "vldrbt.u8 q3, [r5], #16\n"
      "vmladav.s8 r0, q0, q1\n"
      "vaddv.s8 r8, q1\n"
      "vpst\n"
      "vldrbt.u8 q1, [r7], #16\n"
      "vmladav.s8 r2, q0, q2\n"
      "vaddv.s8 r10, q2\n"
      "vmladav.s8 r4, q0, q3\n"
      "vaddv.s8 r12, q3\n"
      "vmladav.s8 r6, q0, q1\n"
      "vaddv.s8 lr, q1\n"
      "cmp     r9, r11\n"
      "beq     3f\n"
      "2:\n"
      "vldrb.u8 q0, [r9], #16\n"
      "vldrb.u8 q1, [r1], #16\n"
      "vldrb.u8 q2, [r3], #16\n"
      "vldrb.u8 q3, [r5], #16\n"
      "vmladava.s8 r0, q0, q1\n"
      "vaddva.s8 r8, q1\n"
      "vldrb.u8 q1, [r7], #16\n"
      "vmladava.s8 r2, q0, q2\n"
      "vaddva.s8 r10, q2\n"
      "vmladava.s8 r4, q0, q3\n"
      "vaddva.s8 r12, q3\n"
      "vmladava.s8 r6, q0, q1\n"
      "vaddva.s8 lr, q1\n"
      "cmp     r9, r11\n"
      "bne     2b\n"
      "3:\n"
      "vmov    q0[2], q0[0], r0, r4\n"
      "vmov    q0[3], q0[1], r2, r6\n"
      "vmov    q1[2], q1[0], r8, r12\n"
      "vmov    q1[3], q1[1], r10, lr\n"
      "ldrd    r0, r2, [sp, #24]\n"
      "ldrd    r4, r6, [sp, #32]\n"
      "ldrd    r8, r10, [sp, #40]\n"
      "ldrd    r12, r9, [sp, #48]\n"
      "vmla.s32 q0, q1, r9\n"
      "cmp     r12, #0\n"
      "bgt     4f\n"
      "vldrw.u32 q1, [r2], #16\n"
      "add     r1, r0\n"
      "add     r3, r0\n"
      "add     r5, r0\n"
      "add     r7, r0\n"
      "vadd.i32 q0, q0, q1\n"
      "stm     sp, {r1, r3, r5, r7}\n"
      "str     r2, [sp, #28]\n"
      "vshr.s32 q1, q0, #31\n"
      "vqrdmulh.s32 q0, q0, r8\n"
      "vadd.i32 q1, q1, r10\n"
      "vadd.i32 q0, q0, q1\n"
      "vshl.s32 q0, r12\n"
      "vqmovnb.s32 q0, q0\n"
      "vqmovnb.s16 q0, q0\n"
      "vstrb.32 q0, [r4], #4\n"
      "str     r4, [sp, #32]\n"
      "cmp     r4, r6\n"
      "bne     1b\n"
      "add     sp, #60\n"
      "pop     {r4-r11, pc}\n"
      "4:\n"
      "vstrw.32 q0, [r4]\n"
      "add     sp, #60\n"
      "pop     {r4-r11, pc}\n");
}

}  // namespace inkling
