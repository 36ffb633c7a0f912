// CUMSUM: sums along one axis of [outer, n, inner]. Quantized: values are brought to half of their scale with
// 20 extra bits, summed, and requantized. The sums wrap. As in the reference they start at the scaled
// negative zero point, not at 0.
#pragma once
#include "inkling/arch/arch.h"

namespace inkling {

struct CumsumParams {
  int32_t outer, n, inner;
  bool exclusive, reverse;
  int32_t input_zero_point, output_zero_point;
  int32_t output_multiplier, output_shift;

  template <class V>
  static void visit(V&& v, const CumsumParams& p) {
    v("outer", p.outer);
    v("n", p.n);
    v("inner", p.inner);
    v("exclusive", p.exclusive);
    v("reverse", p.reverse);
    v("input_zero_point", p.input_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("output_multiplier", p.output_multiplier);
    v("output_shift", p.output_shift);
  }
};

/// `scale` maps an input to a summand of type Sum, `end` a sum to an output.
template <class T, class Sum, class Scale, class End>
void cumulate(const CumsumParams& p, const T* input, T* output, Sum start, Scale&& scale, End&& end) {
  const int32_t step = p.reverse ? -p.inner : p.inner, first = p.reverse ? (p.n - 1) * p.inner : 0;
  for (int32_t o = 0; o < p.outer; ++o, input += p.n * p.inner, output += p.n * p.inner) {
    for (int32_t i = 0; i < p.inner; ++i) {
      Sum sum = start;
      for (int32_t k = 0, at = first + i; k < p.n; ++k, at += step) {
        const Sum before = sum;
        sum += scale(input[at]);
        output[at] = end(p.exclusive ? before : sum);
      }
    }
  }
}

/// float32, and integers, whose sums wrap (Wide: the type to add in).
template <class Wide, class T>
void cumsum_plain(const CumsumParams& p, const T* input, T* output) {
  cumulate(
      p, input, output, Wide(0), [](T x) { return static_cast<Wide>(x); },
      [](Wide sum) { return static_cast<T>(sum); });
}

template <class A>
void cumsum_int8(const CumsumParams& p, const int8_t* input, int8_t* output) {
  const auto scaled = [&](int32_t x) {
    return static_cast<uint32_t>(A::requantize((x - p.input_zero_point) * (1 << 20), {1 << 30, 0}));
  };
  cumulate(p, input, output, scaled(0), scaled, [&](uint32_t sum) {
    const int32_t q = A::requantize(static_cast<int32_t>(sum), {p.output_multiplier, p.output_shift});
    return static_cast<int8_t>(A::clamp(wrapping_add(q, p.output_zero_point), -128, 127));
  });
}

}  // namespace inkling
