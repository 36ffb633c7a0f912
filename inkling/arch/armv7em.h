// Cortex-M4, M7, M33: the DSP extension's dual 16-bit multiply-accumulate. Words are loaded from any address,
// which these cores allow; four int8 are widened to two pairs by SXTB16, whose rotation is free.
#pragma once
#include <arm_acle.h>

#include "inkling/arch/portable.h"
#include "inkling/core/memory.h"

namespace inkling {

struct Armv7em : Portable {
  static constexpr const char* kName = "armv7em";

  // GCC folds the shifts into "sxtb16 ..., ror #8"; its arm_acle.h has no __ror.
  static int16x2_t even(uint32_t word) { return __sxtb16(word); }
  static int16x2_t odd(uint32_t word) { return __sxtb16(word >> 8 | word << 24); }

  static Sums dot_rows(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t stride, int32_t n) {
    const int8_t *w1 = w + stride, *w2 = w1 + stride, *w3 = w2 + stride;
    const auto zero = static_cast<uint32_t>(x_zero_point) & 0xffff;
    const auto zeros = static_cast<int16x2_t>(zero << 16 | zero);
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (const int8_t* end = x + (n & ~3); x != end; x += 4, w += 4, w1 += 4, w2 += 4, w3 += 4) {
      const auto words = load<uint32_t>(x);
      const int16x2_t x02 = __ssub16(even(words), zeros), x13 = __ssub16(odd(words), zeros);
      const auto a = load<uint32_t>(w), b = load<uint32_t>(w1), c = load<uint32_t>(w2),
                 d = load<uint32_t>(w3);
      s0 = __smlad(x13, odd(a), __smlad(x02, even(a), s0));
      s1 = __smlad(x13, odd(b), __smlad(x02, even(b), s1));
      s2 = __smlad(x13, odd(c), __smlad(x02, even(c), s2));
      s3 = __smlad(x13, odd(d), __smlad(x02, even(d), s3));
    }
    const Sums rest = Portable::dot_rows(x, x_zero_point, w, stride, n & 3);
    return {{wrapping_add(s0, rest.v[0]), wrapping_add(s1, rest.v[1]), wrapping_add(s2, rest.v[2]),
             wrapping_add(s3, rest.v[3])}};
  }
};

}  // namespace inkling
