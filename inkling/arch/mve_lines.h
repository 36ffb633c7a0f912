// The depthwise 3x3 convolution of Mve: the three by three inputs of an output lie in one vector, and one
// instruction multiplies them all. Four channels of four lines become words of four lines, one after the
// other for each position; four words of a channel hold the inputs of two outputs in two lines.
#pragma once
#include <arm_mve.h>

#include "inkling/arch/lines.h"
#include "inkling/arch/portable.h"

namespace inkling {

// Portable::finish of the sums a, b, c, d, and the store to those lanes that p0 names.
#define INKLING_LINES_FINISH             \
  "vmov      q0[2], q0[0], %[a], %[c]\n" \
  "vmov      q0[3], q0[1], %[b], %[d]\n" \
  "vadd.i32  q0, q0, %[bias]\n"          \
  "vshr.s32  q1, q0, #31\n"              \
  "vqrdmulh.s32 q0, q0, %[value]\n"      \
  "vadd.i32  q1, q1, %[rounding]\n"      \
  "vadd.i32  q0, q0, q1\n"               \
  "vshl.s32  q0, %[shift]\n"             \
  "vqmovnb.s32 q0, q0\n"                 \
  "vqmovnb.s16 q0, q0\n"                 \
  "vpst\n"                               \
  "vstrbt.32 q0, [%[out], %q[to]]\n"     \
  "add       %[out], %[step]\n"          \
  "le        lr, 1b\n"                   \
  "2:\n"

struct MveLines {
  /// Four words for each position, one a channel.
  [[gnu::noinline]] static void gather_lines(const FourLines& lines, int8_t* to) {
    static constexpr uint8_t kPlaces[16] = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
    const uint8x16_t places = vldrbq_u8(kPlaces);
    const auto inside = static_cast<mve_pred16_t>((1 << 4 * lines.end) - (1 << 4 * lines.first));
    const uint32x4_t offsets = vmulq_n_u32(vidupq_n_u32(0, 1), static_cast<uint32_t>(lines.line_step));
    const int32x4_t zero_points = vreinterpretq_s32_s8(vdupq_n_s8(static_cast<int8_t>(lines.zero_point)));
    const int32x4_t outside = vpselq_s32(vdupq_n_s32(0), zero_points, inside);
    const int8_t* x = lines.x;
    for (int32_t n = lines.n_positions; n > 0; --n, x += lines.position_step, to += 16) {
      const auto* words = reinterpret_cast<const int32_t*>(x);
      const int32x4_t values = vldrwq_gather_offset_z_s32(words, offsets, inside) | outside;
      vstrbq_scatter_offset_s8(to, places, vreinterpretq_s8_s32(values));
    }
  }

  [[gnu::noinline]] static void multiply_lines(const int8_t* words, int32_t index, const LineChannel& c,
                                               const LineOutputs& outputs) {
    words += 4 * index;
    const uint32x4_t first = vldrwq_u32(c.words), second = vldrwq_u32(&c.before);
    const uint32x4_t first_lower = first << 8, second_lower = second << 8;
    const auto line = static_cast<uint32_t>(outputs.line_step);
    const auto position = static_cast<uint32_t>(outputs.position_step);
    const uint32x4_t places = vidupq_n_u32(0, 8) << 1, to = {0, line, position, position + line};
    const Channel channel = c.channel;
    int8_t* out = outputs.out;
    int32_t n = outputs.n_positions / 2;
    uint32_t lanes = line == 0 ? 0x0f0f : 0xffff;
    for (int32_t i = 0; i < 2; ++i, n = outputs.n_positions & 1, lanes &= 0xff) {
      int32_t a = static_cast<int32_t>(lanes), b, c0, d;
      asm volatile(
          "vmsr      p0, %[a]\n"
          "wls       lr, %[n], 2f\n"
          "1: vldrw.u32 q0, [%[words], %q[places]]\n"
          "vmladav.s8 %[a], q0, %q[first]\n"
          "vmladav.s8 %[b], q0, %q[first_lower]\n"
          "vmladav.s8 %[c], q0, %q[second]\n"
          "vmladav.s8 %[d], q0, %q[second_lower]\n"
          "adds      %[words], #32\n"  //
          INKLING_LINES_FINISH
          : [words] "+l"(words), [out] "+r"(out), [a] "+Te"(a), [b] "=&Te"(b), [c] "=&Te"(c0), [d] "=&Te"(d)
          : [n] "r"(n), [places] "w"(places), [first] "w"(first), [first_lower] "w"(first_lower),
            [second] "w"(second), [second_lower] "w"(second_lower), [to] "w"(to), [step] "r"(2 * position),
            [bias] "r"(channel.bias), [value] "r"(channel.value), [rounding] "r"(channel.rounding),
            [shift] "r"(-channel.shift)
          : "q0", "q1", "lr", "cc", "memory");
    }
  }

  /// The same for a stride of 2.
  [[gnu::noinline]] static void multiply_lines_by_two(const int8_t* words, int32_t index,
                                                      const LineChannel& c, const LineOutputs& outputs) {
    words += 4 * index;
    const uint32x4_t first = vldrwq_u32(c.words);
    const auto position = static_cast<uint32_t>(outputs.position_step);
    const uint32x4_t places = vidupq_n_u32(0, 8) << 1, to = vmulq_n_u32(vidupq_n_u32(0, 1), position);
    const Channel channel = c.channel;
    int8_t* out = outputs.out;
    int32_t n = outputs.n_positions / 4;
    uint32_t lanes = 0xffff;
    for (int32_t i = 0; i < 2; ++i, n = (outputs.n_positions & 3) != 0) {
      if (i == 1) lanes = (1u << 4 * (outputs.n_positions & 3)) - 1;
      int32_t a = static_cast<int32_t>(lanes), b, c0, d;
      asm volatile(
          "vmsr      p0, %[a]\n"
          "wls       lr, %[n], 2f\n"
          "1: vldrw.u32 q0, [%[words], %q[places]]\n"
          "adds      %[words], #32\n"
          "vldrw.u32 q1, [%[words], %q[places]]\n"
          "adds      %[words], #32\n"
          "vmladav.s8 %[a], q0, %q[first]\n"
          "vldrw.u32 q0, [%[words], %q[places]]\n"
          "vmladav.s8 %[b], q1, %q[first]\n"
          "adds      %[words], #32\n"
          "vldrw.u32 q1, [%[words], %q[places]]\n"
          "vmladav.s8 %[c], q0, %q[first]\n"
          "adds      %[words], #32\n"
          "vmladav.s8 %[d], q1, %q[first]\n"  //
          INKLING_LINES_FINISH
          : [words] "+l"(words), [out] "+r"(out), [a] "+Te"(a), [b] "=&Te"(b), [c] "=&Te"(c0), [d] "=&Te"(d)
          : [n] "r"(n), [places] "w"(places), [first] "w"(first), [to] "w"(to), [step] "r"(4 * position),
            [bias] "r"(channel.bias), [value] "r"(channel.value), [rounding] "r"(channel.rounding),
            [shift] "r"(-channel.shift)
          : "q0", "q1", "lr", "cc", "memory");
    }
  }
};

#undef INKLING_LINES_FINISH

}  // namespace inkling
