// ADD. Quantized: both inputs are brought to a common scale with `left_shift` extra bits, added, and
// requantized.
#pragma once
#include "inkling/arch/arch.h"
#include "inkling/kernels/broadcast.h"

namespace inkling {

struct AddParams {
  Broadcast broadcast;
  int32_t left_shift;
  int32_t a_multiplier, b_multiplier, output_multiplier;
  int8_t a_shift, b_shift, output_shift;
  int16_t a_zero_point, b_zero_point, output_zero_point;
  int16_t low, high;

  template <class V>
  static void visit(V&& v, const AddParams& p) {
    Broadcast::visit(v, p.broadcast);
    v("left_shift", p.left_shift);
    v("a_multiplier", p.a_multiplier);
    v("b_multiplier", p.b_multiplier);
    v("output_multiplier", p.output_multiplier);
    v("a_shift", p.a_shift);
    v("b_shift", p.b_shift);
    v("output_shift", p.output_shift);
    v("a_zero_point", p.a_zero_point);
    v("b_zero_point", p.b_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("low", p.low);
    v("high", p.high);
  }
};

/// int8 (left_shift 20) and int16 (left_shift 15). No sum overflows: |x - zero_point| < 2^(31 - left_shift -
/// 2).
template <class A, class T>
void add_quantized(const AddParams& p, const T* a, const T* b, T* out) {
  const Multiplier ma{p.a_multiplier, p.a_shift}, mb{p.b_multiplier, p.b_shift};
  const Multiplier mo{p.output_multiplier, p.output_shift};
  const auto scaled = [&](int32_t x, const Multiplier& m) {
    return A::requantize(static_cast<int32_t>(static_cast<uint32_t>(x) << p.left_shift), m);
  };
  for_each_row(p.broadcast, a, b, out, [&](const T* x, int32_t dx, const T* y, int32_t dy, T* to, int32_t n) {
    for (int32_t i = 0; i < n; ++i, x += dx, y += dy) {
      const int32_t sum = scaled(*x - p.a_zero_point, ma) + scaled(*y - p.b_zero_point, mb);
      to[i] = static_cast<T>(A::clamp(A::requantize(sum, mo) + p.output_zero_point, p.low, p.high));
    }
  });
}

template <class T>
struct AddPlainParams {
  Broadcast broadcast;
  T low, high;

  template <class V>
  static void visit(V&& v, const AddPlainParams& p) {
    Broadcast::visit(v, p.broadcast);
    v("low", p.low);
    v("high", p.high);
  }
};

/// float32, and int32, whose sums wrap (Wide: the type to add in).
template <class Wide, class T>
void add_plain(const AddPlainParams<T>& p, const T* a, const T* b, T* out) {
  for_each_row(p.broadcast, a, b, out, [&](const T* x, int32_t dx, const T* y, int32_t dy, T* to, int32_t n) {
    for (int32_t i = 0; i < n; ++i, x += dx, y += dy) {
      const T sum = static_cast<T>(static_cast<Wide>(*x) + static_cast<Wide>(*y));
      to[i] = sum < p.low ? p.low : sum > p.high ? p.high : sum;
    }
  });
}

}  // namespace inkling
