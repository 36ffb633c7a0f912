// The sum of two rows of int8 in assembler. Of the two scales the larger one is the common scale, so that one
// input is only shifted.
#pragma once
#include <stdint.h>

namespace inkling {

/// out = saturate(scale(2^19 exact + exact_origin + scale(2^20 scaled + scaled_origin))), where scale(x) is
/// rounded like Portable::scale with value, half and shift, shifts are at least 1, and `rounding` contains
/// the output's zero point.
struct AddRow {
  const int8_t *scaled, *exact;
  int8_t* out;
  int32_t twice_scaled_origin, value, half, shift;
  int32_t exact_origin, out_value, out_rounding, out_shift;
  int8_t* out_end;
};

/// 22 cycles an element (M4). The sign that rounding needs may be the product's: it differs from the number's
/// only where the result is 0 anyway.
[[gnu::naked, gnu::noinline]] inline void armv7em_add_row(const AddRow&) {
  asm volatile(
      "push    {r4-r11, lr}\n"
      "ldm     r0, {r0-r11}\n"
      "1:\n"
      "ldrsb   r12, [r0], #1\n"
      "ldrsb   lr, [r1], #1\n"
      "add     r12, r3, r12, lsl #21\n"
      "smmulr  r12, r12, r4\n"
      "add     lr, r7, lr, lsl #19\n"
      "add     r12, r12, r12, asr #31\n"
      "add     r12, r12, r5\n"
      "asr     r12, r12, r6\n"
      "add     lr, lr, r12\n"
      "lsl     lr, lr, #1\n"
      "smmulr  lr, lr, r8\n"
      "add     lr, lr, lr, asr #31\n"
      "add     lr, lr, r9\n"
      "asr     lr, lr, r10\n"
      "ssat    lr, #8, lr\n"
      "strb    lr, [r2], #1\n"
      "cmp     r2, r11\n"
      "bne     1b\n"
      "pop     {r4-r11, pc}\n");
}

}  // namespace inkling
