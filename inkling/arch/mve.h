// Cortex-M55 and M85: Helium, sixteen int8 products an instruction. The zero point does not fit into int8, so
// it enters through the rows' sums: sum((x - z) w) = sum(x w) - z sum(w).
#pragma once
#include <arm_mve.h>

#include "inkling/arch/portable.h"

namespace inkling {

struct Mve : Portable {
  static constexpr const char* kName = "mve";

  static int32_t dot(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t n) {
    int32_t sum = 0, weights = 0;
    for (; n > 0; n -= 16, x += 16, w += 16) {
      const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(n));
      const int8x16_t b = vldrbq_z_s8(w, lanes);
      sum = vmladavaq_p_s8(sum, vldrbq_z_s8(x, lanes), b, lanes);
      weights = vaddvaq_p_s8(weights, b, lanes);
    }
    return sum - x_zero_point * weights;
  }

  static Sums dot_rows(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t stride, int32_t n) {
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0, t0 = 0, t1 = 0, t2 = 0, t3 = 0;
    const int8_t *w1 = w + stride, *w2 = w1 + stride, *w3 = w2 + stride;
    for (; n > 0; n -= 16, x += 16, w += 16, w1 += 16, w2 += 16, w3 += 16) {
      const mve_pred16_t lanes = vctp8q(static_cast<uint32_t>(n));
      const int8x16_t a = vldrbq_z_s8(x, lanes);  // lanes beyond n are 0 and add nothing
      const int8x16_t b0 = vldrbq_z_s8(w, lanes), b1 = vldrbq_z_s8(w1, lanes);
      s0 = vmladavaq_s8(s0, a, b0);
      t0 = vaddvaq_s8(t0, b0);
      s1 = vmladavaq_s8(s1, a, b1);
      t1 = vaddvaq_s8(t1, b1);
      const int8x16_t b2 = vldrbq_z_s8(w2, lanes), b3 = vldrbq_z_s8(w3, lanes);
      s2 = vmladavaq_s8(s2, a, b2);
      t2 = vaddvaq_s8(t2, b2);
      s3 = vmladavaq_s8(s3, a, b3);
      t3 = vaddvaq_s8(t3, b3);
    }
    return {{s0 - x_zero_point * t0, s1 - x_zero_point * t1, s2 - x_zero_point * t2, s3 - x_zero_point * t3}};
  }
};

}  // namespace inkling
