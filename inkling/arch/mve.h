// Cortex-M55 and M85: Helium, sixteen int8 products an instruction. The zero point does not fit into int8, so
// it enters through the rows' sums: sum((x - z) w) = sum(x w) - z sum(w).
#pragma once
#include <arm_mve.h>

#include "inkling/arch/armv7em.h"
#include "inkling/arch/mve_block.h"
#include "inkling/arch/mve_lines.h"
#include "inkling/arch/mve_rows.h"

namespace inkling {

struct Mve : Armv7em, MveLines {
  static constexpr const char* kName = "mve";
  static constexpr bool kPlanes = false;
  static constexpr bool kLines = true;

  using Numbers = int32x4_t;
  static constexpr int32_t kNumbers = 4;
  static Numbers numbers(const int8_t* x, int32_t step, int32_t left) {
    return step == 0 ? vdupq_n_s32(*x) : vldrbq_z_s32(x, vctp32q(static_cast<uint32_t>(left)));
  }
  static Numbers numbers(const uint8_t* x, int32_t step, int32_t left) {
    return step == 0 ? vdupq_n_s32(*x)
                     : vreinterpretq_s32_u32(vldrbq_z_u32(x, vctp32q(static_cast<uint32_t>(left))));
  }
  static void put(int8_t* to, Numbers x, int32_t left) {
    vstrbq_p_s32(to, x, vctp32q(static_cast<uint32_t>(left)));
  }
  static void put(uint8_t* to, Numbers x, int32_t left) { put(reinterpret_cast<int8_t*>(to), x, left); }
  using Armv7em::clamp;
  static Numbers clamp(Numbers x, int32_t low, int32_t high) {
    return vmaxq_s32(vminq_s32(x, vdupq_n_s32(high)), vdupq_n_s32(low));
  }
  using Armv7em::scale;
  static Numbers scale(Numbers x, const Fraction& f) {
    const Numbers halves = vdupq_n_s32(f.half) + (vshrq_n_s32(x, 31) & f.sign);
    return vshlq_r_s32(vqrdmulhq_n_s32(x, f.value) + halves, -f.shift);
  }

  /// 22 instructions for four elements.
  [[gnu::noinline]] static void add_row(const AddRow& row) {
    const int8_t *scaled = row.scaled, *exact = row.exact;
    int8_t* out = row.out;
    asm volatile(
        "wlstp.32  lr, %[n], 2f\n"
        "1: vldrb.s32 q0, [%[scaled]], #4\n"
        "vldrb.s32 q1, [%[exact]], #4\n"
        "vshl.i32  q0, q0, #21\n"
        "vshl.i32  q1, q1, #19\n"
        "vadd.i32  q0, q0, %[twice_scaled_origin]\n"
        "vadd.i32  q1, q1, %[exact_origin]\n"
        "vrmulh.s32 q0, q0, %q[value]\n"
        "vshr.s32  q2, q0, #31\n"
        "vadd.i32  q0, q0, %[half]\n"
        "vadd.i32  q0, q0, q2\n"
        "vshl.s32  q0, %[shift]\n"
        "vadd.i32  q1, q1, q0\n"
        "vqrdmulh.s32 q1, q1, %[out_value]\n"
        "vshr.s32  q2, q1, #31\n"
        "vadd.i32  q1, q1, %[out_rounding]\n"
        "vadd.i32  q1, q1, q2\n"
        "vshl.s32  q1, %[out_shift]\n"
        "vqmovnb.s32 q1, q1\n"
        "vqmovnb.s16 q1, q1\n"
        "vstrb.32  q1, [%[out]], #4\n"
        "letp      lr, 1b\n"
        "2:\n"
        : [scaled] "+l"(scaled), [exact] "+l"(exact), [out] "+l"(out)
        : [n] "r"(row.out_end - row.out), [value] "w"(vdupq_n_s32(row.value)),
          [twice_scaled_origin] "r"(row.twice_scaled_origin), [exact_origin] "r"(row.exact_origin),
          [half] "r"(row.half), [shift] "r"(-row.shift), [out_value] "r"(row.out_value),
          [out_rounding] "r"(row.out_rounding), [out_shift] "r"(-row.out_shift)
        : "q0", "q1", "q2", "lr", "memory");
  }

  static int32_t dot(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t n) {
    int32_t sum = 0, weights = 0;
    asm volatile(
        "wlstp.8  lr, %[n], 2f\n"
        "1: vldrb.u8 q0, [%[x]], #16\n"
        "vldrb.u8 q1, [%[w]], #16\n"
        "vmladava.s8 %[sum], q0, q1\n"
        "vaddva.s8 %[weights], q1\n"
        "letp     lr, 1b\n"
        "2:\n"
        : [x] "+l"(x), [w] "+l"(w), [sum] "+Te"(sum), [weights] "+Te"(weights)
        : [n] "r"(n)
        : "q0", "q1", "lr", "memory");
    return sum - x_zero_point * weights;
  }

  static int32_t push_and_dot(int8_t* row, int8_t newest, int32_t zero_point, const int8_t* w, int32_t n) {
    copy(row, row + 1, n - 1);  // forwards
    row[n - 1] = newest;
    return dot(row, zero_point, w, n);
  }

  static int32_t sum(const int8_t* w, int32_t n) {
    int32_t sum = 0;
    for (; n > 0; n -= 16, w += 16) {
      const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(n));
      sum = vaddvaq_p_s8(sum, vldrbq_z_s8(w, lanes), lanes);
    }
    return sum;
  }

  static void copy(int8_t* to, const int8_t* from, int32_t n) {
    asm volatile(
        "wlstp.8 lr, %[n], 2f\n"
        "1: vldrb.u8 q0, [%[from]], #16\n"
        "vstrb.8 q0, [%[to]], #16\n"
        "letp    lr, 1b\n"
        "2:\n"
        : [to] "+l"(to), [from] "+l"(from)
        : [n] "r"(n)
        : "lr", "q0", "memory");
  }

  static constexpr bool kTiles = false;
  static constexpr bool kBlocks = true;

  /// An odd pixel is made twice; so are channels that a last group of four shares with the one before.
  [[gnu::noinline]] static void multiply_block(const Block& b) {
    const int32_t n_groups = b.n_channels & ~3, n_even = b.n_pixels & ~1;
    mve_multiply_groups(b, 0, n_groups, n_even);
    if (n_groups != b.n_channels) mve_multiply_groups(b, b.n_channels - 4, 4, n_even);
    if (n_even == b.n_pixels) return;
    Block last = b;
    last.x += n_even * b.x_step;
    last.out += n_even * b.out_step;
    last.x_step = last.out_step = 0;
    last.n_pixels = 2;
    multiply_block(last);
  }

  static void multiply_rows(const WeightRows& rows, int32_t x_zero_point) {
    const auto depth = static_cast<int32_t>(rows.x_end - rows.x);
    const int32_t lead = -depth & 15;
    const int8_t* w = rows.weights - lead;
    mve_multiply_rows({{w, w + rows.stride, w + 2 * rows.stride, w + 3 * rows.stride},
                       rows.x - lead,
                       rows.x_end,
                       4 * rows.stride - depth - lead,
                       rows.bias,
                       rows.out,
                       rows.out_end,
                       rows.value,
                       rows.rounding,
                       -rows.shift,
                       -x_zero_point,
                       lead});
  }

  static Sums dot_rows(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t stride, int32_t n) {
    Sums sums = {};
    if (n > 0) multiply_rows({x, x + n, w, stride, nullptr, sums.v, nullptr, 0, 0, -1, 0}, x_zero_point);
    return sums;
  }
};

}  // namespace inkling
