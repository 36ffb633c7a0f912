// The matrix product of Mve in assembler: four rows of weights with two pixels at a time, sixteen int8 a
// step. It needs all fourteen registers, the even ones for sums, as VMLADAVA wants them.
#pragma once
#include "inkling/arch/portable.h"

namespace inkling {

/// A block of an even number of pixels and of whole groups of four channels. The first step of a row is the
/// incomplete one: its first `lead` lanes lie in front of the row and are left out.
struct MveBlock {
  const int8_t* rows[4];    ///< the first four, minus lead
  const int8_t* row_end;    ///< of the first row
  int32_t sum;              ///< room for one
  int32_t n_steps;          ///< of 16 elements; then the place of the code to go on from the first step
  const int8_t* x;          ///< the first pixel, minus lead
  int32_t x_step;           ///< from pixel to pixel
  int32_t x_advance;        ///< from the end of a pixel to the second next
  const int8_t* x_end;      ///< one past the last pixel, minus lead
  int8_t* out;              ///< of the first channel, counted on within four channels
  int32_t out_step;         ///< from pixel to pixel
  const Channel* channels;  ///< their biases contain the zero point
  int32_t n_channels;
  int8_t* group_out;      ///< as out
  int32_t group_weights;  ///< 4 * depth
  int32_t lead;
};

// One step: 128 products in 14 instructions. r9 and r11 are in the pixels, r1 to r7 in the rows; r0, r4, r8
// and r12 sum the rows for the first pixel, r2, r6, r10 and lr for the second.
#define INKLING_BLOCK_STEP      \
  "vldrb.u8   q0, [r9], #16\n"  \
  "vldrb.u8   q1, [r11], #16\n" \
  "vldrb.u8   q2, [r1], #16\n"  \
  "vldrb.u8   q3, [r3], #16\n"  \
  "vmladava.s8 r0, q0, q2\n"    \
  "vmladava.s8 r2, q1, q2\n"    \
  "vldrb.u8   q2, [r5], #16\n"  \
  "vmladava.s8 r4, q0, q3\n"    \
  "vmladava.s8 r6, q1, q3\n"    \
  "vldrb.u8   q3, [r7], #16\n"  \
  "vmladava.s8 r8, q0, q2\n"    \
  "vmladava.s8 r10, q1, q2\n"   \
  "vmladava.s8 r12, q0, q3\n"   \
  "vmladava.s8 lr, q1, q3\n"
// Portable::finish of four channels, whose biases, values, roundings and negative shifts are q4 to q7.
#define INKLING_BLOCK_FINISH(sums, signs) \
  "vadd.i32   " sums ", " sums            \
  ", q4\n"                                \
  "vshr.s32   " signs ", " sums           \
  ", #31\n"                               \
  "vqrdmulh.s32 " sums ", " sums          \
  ", q5\n"                                \
  "vadd.i32   " signs ", " signs          \
  ", q6\n"                                \
  "vadd.i32   " sums ", " sums ", " signs \
  "\n"                                    \
  "vshl.s32   " sums ", " sums            \
  ", q7\n"                                \
  "vqmovnb.s32 " sums ", " sums           \
  "\n"                                    \
  "vqmovnb.s16 " sums ", " sums "\n"

// Aligned, as ADR counts from a multiple of 4.
[[gnu::naked, gnu::noinline, gnu::aligned(4)]] inline void mve_multiply_block(const MveBlock&) {
  asm volatile(
      "push    {r4-r11, lr}\n"
      "vpush   {d8-d15}\n"
      "sub     sp, #76\n"
      "ldm     r0!, {r1-r12}\n"
      "stm     sp, {r1-r12}\n"  // MveBlock is the stack
      "ldm     r0, {r1-r6}\n"
      "add     r0, sp, #48\n"
      "stm     r0, {r1-r6}\n"
      "vctp.8  r6\n"
      "vpnot\n"
      "adr.w   r0, 4f\n"  // a single step: to the end
      "subs    r7, #1\n"
      "beq     0f\n"
      "rsb     r7, r7, #0\n"  // otherwise so that a multiple of four steps is left
      "and     r7, r7, #3\n"
      "adr.w   r0, 3f\n"
      "mov     r8, #56\n"
      "mla     r0, r7, r8, r0\n"
      "0:\n"
      "orr     r0, #1\n"
      "str     r0, [sp, #24]\n"
      "1:\n"
      "ldrd    r0, r2, [sp, #52]\n"
      "ldrd    r9, r4, [sp, #28]\n"
      "vld40.32 {q4, q5, q6, q7}, [r0]\n"
      "vld41.32 {q4, q5, q6, q7}, [r0]\n"
      "vld42.32 {q4, q5, q6, q7}, [r0]\n"
      "vld43.32 {q4, q5, q6, q7}, [r0]!\n"
      "add     r11, r9, r4\n"
      "vneg.s32 q7, q7\n"
      "subs    r2, #4\n"
      "strd    r0, r2, [sp, #52]\n"
      "2:\n"
      "ldm     sp, {r1, r3, r5, r7}\n"
      "vpstttt\n"
      "vldrbt.u8 q0, [r9], #16\n"
      "vldrbt.u8 q1, [r11], #16\n"
      "vldrbt.u8 q2, [r1], #16\n"
      "vldrbt.u8 q3, [r3], #16\n"
      "vmladav.s8 r0, q0, q2\n"
      "vmladav.s8 r2, q1, q2\n"
      "vmladav.s8 r4, q0, q3\n"
      "vmladav.s8 r6, q1, q3\n"
      "vpstt\n"
      "vldrbt.u8 q2, [r5], #16\n"
      "vldrbt.u8 q3, [r7], #16\n"
      "vmladav.s8 r8, q0, q2\n"
      "vmladav.s8 r10, q1, q2\n"
      "vmladav.s8 r12, q0, q3\n"
      "vmladav.s8 lr, q1, q3\n"
      "ldr     pc, [sp, #24]\n"
      "3:\n"  //
      INKLING_BLOCK_STEP INKLING_BLOCK_STEP INKLING_BLOCK_STEP INKLING_BLOCK_STEP
      "str     r0, [sp, #20]\n"
      "ldr     r0, [sp, #16]\n"
      "cmp     r1, r0\n"
      "ldr     r0, [sp, #20]\n"
      "bne     3b\n"
      "4:\n"
      "vmov    q0[2], q0[0], r0, r8\n"
      "vmov    q0[3], q0[1], r4, r12\n"
      "vmov    q1[2], q1[0], r2, r10\n"
      "vmov    q1[3], q1[1], r6, lr\n"
      "ldrd    r0, r2, [sp, #44]\n"
      "ldrd    r4, r8, [sp, #36]\n"
      "adds    r6, r0, r2\n"
      "add     r2, r6\n"
      "str     r2, [sp, #44]\n"
      "add     r9, r4\n"
      "add     r11, r4\n"  //
      INKLING_BLOCK_FINISH("q0", "q2") INKLING_BLOCK_FINISH("q1", "q3")
      "vstrb.32 q0, [r0]\n"
      "vstrb.32 q1, [r6]\n"
      "cmp     r9, r8\n"
      "bne     2b\n"
      "ldr     r0, [sp, #64]\n"
      "ldr     r2, [sp, #16]\n"
      "ldr     r4, [sp, #60]\n"
      "ldm     sp, {r1, r3, r5, r7}\n"
      "add     r2, r0\n"
      "add     r1, r0\n"
      "add     r3, r0\n"
      "add     r5, r0\n"
      "add     r7, r0\n"
      "add     r4, #4\n"
      "str     r4, [sp, #44]\n"
      "str     r4, [sp, #60]\n"
      "stm     sp, {r1, r3, r5, r7}\n"
      "str     r2, [sp, #16]\n"
      "ldr     r2, [sp, #56]\n"
      "cmp     r2, #0\n"
      "bne     1b\n"
      "add     sp, #76\n"
      "vpop    {d8-d15}\n"
      "pop     {r4-r11, pc}\n");
}

#undef INKLING_BLOCK_STEP
#undef INKLING_BLOCK_FINISH

/// Some channels, whole groups of four, of an even number of pixels of a Block.
inline void mve_multiply_groups(const Block& b, int32_t first_channel, int32_t n_channels, int32_t n_pixels) {
  if (n_pixels == 0) return;
  const int32_t n_steps = (b.depth + 15) / 16, lead = 16 * n_steps - b.depth;
  const int8_t *row = b.weights + first_channel * b.depth - lead, *x = b.x - lead;
  int8_t* const out = b.out + first_channel;
  mve_multiply_block({{row, row + b.depth, row + 2 * b.depth, row + 3 * b.depth},
                      row + 16 * n_steps,
                      0,
                      n_steps,
                      x,
                      b.x_step,
                      2 * b.x_step - 16 * n_steps,
                      x + n_pixels * b.x_step,
                      out,
                      b.out_step,
                      b.channels + first_channel,
                      n_channels,
                      out,
                      4 * b.depth,
                      lead});
}

}  // namespace inkling
