// The depthwise 3x3 convolution of Armv7m: four lines of four channels lie together for each position, so
// that all inputs of an output lie at fixed places, and a channel's nine weights stay in registers.
#pragma once
#include "inkling/arch/lines.h"
#include "inkling/core/memory.h"

namespace inkling {

/// One line of outputs of one channel: from x, whose positions are x_step apart, until x_end. 60 cycles an
/// output.
[[gnu::naked, gnu::noinline]] inline void armv7m_multiply_line(const int8_t*, const int8_t* /*x_end*/,
                                                               int32_t /*x_step*/, const LineChannel&,
                                                               int8_t* /*out*/, int32_t /*out_step*/) {
  asm volatile(
      // The stack: 0 value, 4 rounding, 8 shift, 12 bias, 16 x_step, 20 x_end; 60 out, 64 out_step.
      "push    {r4-r11, lr}\n"
      "sub     sp, #24\n"
      "ldrd    r4, r5, [r3, #20]\n"
      "ldrd    r6, r7, [r3, #28]\n"
      "strd    r5, r6, [sp]\n"
      "strd    r7, r4, [sp, #8]\n"
      "strd    r2, r1, [sp, #16]\n"
      "ldrsb   r4, [r3, #4]\n"
      "ldrsb   r5, [r3, #5]\n"
      "ldrsb   r6, [r3, #6]\n"
      "ldrsb   r7, [r3, #8]\n"
      "ldrsb   r8, [r3, #9]\n"
      "ldrsb   r9, [r3, #10]\n"
      "ldrsb   r10, [r3, #12]\n"
      "ldrsb   r11, [r3, #13]\n"
      "ldrsb   r12, [r3, #14]\n"
      "1:\n"
      "ldr     lr, [sp, #12]\n"
      "ldrsb   r1, [r0]\n"
      "ldrsb   r2, [r0, #4]\n"
      "ldrsb   r3, [r0, #8]\n"
      "mla     lr, r1, r4, lr\n"
      "mla     lr, r2, r5, lr\n"
      "mla     lr, r3, r6, lr\n"
      "ldrsb   r1, [r0, #16]\n"
      "ldrsb   r2, [r0, #20]\n"
      "ldrsb   r3, [r0, #24]\n"
      "mla     lr, r1, r7, lr\n"
      "mla     lr, r2, r8, lr\n"
      "mla     lr, r3, r9, lr\n"
      "ldrsb   r1, [r0, #32]\n"
      "ldrsb   r2, [r0, #36]\n"
      "ldrsb   r3, [r0, #40]\n"
      "mla     lr, r1, r10, lr\n"
      "mla     lr, r2, r11, lr\n"
      "mla     lr, r3, r12, lr\n"
      // Portable::finish. The sign that rounding needs may be the product's: it differs from the sum's only
      // where the result is 0 anyway.
      "ldrd    r1, r2, [sp]\n"
      "lsl     lr, lr, #1\n"
      "smull   r3, lr, lr, r1\n"
      "lsls    r3, r3, #1\n"
      "adc     lr, lr, #0\n"
      "ldr     r3, [sp, #8]\n"
      "ldr     r1, [sp, #16]\n"
      "add     lr, lr, lr, asr #31\n"
      "add     lr, r2\n"
      "asr     lr, lr, r3\n"
      "ssat    lr, #8, lr\n"
      "ldrd    r2, r3, [sp, #60]\n"
      "add     r0, r1\n"
      "ldr     r1, [sp, #20]\n"
      "strb    lr, [r2]\n"
      "add     r2, r3\n"
      "str     r2, [sp, #60]\n"
      "cmp     r0, r1\n"
      "bne     1b\n"
      "add     sp, #24\n"
      "pop     {r4-r11, pc}\n");
}

struct Armv7mLines {
  /// Sixteen bytes for each position: four words, one a line.
  [[gnu::noinline]] static void gather_lines(const FourLines& lines, int8_t* to) {
    const uint32_t zero_points = static_cast<uint8_t>(lines.zero_point) * 0x01010101u;
    auto* words = reinterpret_cast<uint32_t*>(to);
    for (int32_t line = 0; line < 4; ++line, ++words) {
      const bool inside = line >= lines.first && line < lines.end;
      const int8_t* x = lines.x + line * lines.line_step;
      for (uint32_t *word = words, *end = words + 4 * lines.n_positions; word != end; word += 4) {
        *word = inside ? load<uint32_t>(x) : zero_points;
        x += lines.position_step;
      }
    }
  }

  static void multiply_lines(const int8_t* words, int32_t index, const LineChannel& c, const LineOutputs& o) {
    const int8_t *x = words + index, *end = x + 16 * o.n_positions;
    armv7m_multiply_line(x, end, 16, c, o.out, o.position_step);
    if (o.line_step != 0) armv7m_multiply_line(x + 4, end + 4, 16, c, o.out + o.line_step, o.position_step);
  }
  /// The same for a stride of 2.
  static void multiply_lines_by_two(const int8_t* words, int32_t index, const LineChannel& c,
                                    const LineOutputs& o) {
    const int8_t* const x = words + index;
    armv7m_multiply_line(x, x + 32 * o.n_positions, 32, c, o.out, o.position_step);
  }
};

}  // namespace inkling
