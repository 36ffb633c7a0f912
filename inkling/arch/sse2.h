// x86-64, the desk: eight int8 products at a time with SSE2, which every x86-64 has.
#pragma once
#include <emmintrin.h>

#include "inkling/arch/portable.h"

namespace inkling {

struct Sse2 : Portable {
  static constexpr const char* kName = "sse2";

  static __m128i extend(const int8_t* from) {  // eight int8 to eight int16
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from));
    return _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
  }
  static int32_t sum_of(__m128i v) {
    v = _mm_add_epi32(v, _mm_shuffle_epi32(v, 0x4e));
    v = _mm_add_epi32(v, _mm_shuffle_epi32(v, 0xb1));
    return _mm_cvtsi128_si32(v);
  }

  static int32_t dot(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t n) {
    const __m128i zero_point = _mm_set1_epi16(static_cast<int16_t>(x_zero_point));
    __m128i sums = _mm_setzero_si128();
    for (; n >= 8; n -= 8, x += 8, w += 8)
      sums = _mm_add_epi32(sums, _mm_madd_epi16(_mm_sub_epi16(extend(x), zero_point), extend(w)));
    return wrapping_add(sum_of(sums), Portable::dot(x, x_zero_point, w, n));
  }

  static Sums dot_rows(const int8_t* x, int32_t x_zero_point, const int8_t* w, int32_t stride, int32_t n) {
    return {{dot(x, x_zero_point, w, n), dot(x, x_zero_point, w + stride, n),
             dot(x, x_zero_point, w + 2 * stride, n), dot(x, x_zero_point, w + 3 * stride, n)}};
  }
};

}  // namespace inkling
