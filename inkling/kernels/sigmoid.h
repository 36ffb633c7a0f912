// LOGISTIC and TANH on 8 and 16 bits, and HARD_SWISH on 8: fixed point as the reference's, bit for bit.
#pragma once
#include "inkling/kernels/fixed_point.h"
#include "inkling/kernels/tables.h"

namespace inkling {

/// 8 bits: inputs in Q27.
struct SigmoidParams {
  int32_t n;
  int32_t input_zero_point, radius;  ///< from +-radius on the result is the lowest or the highest value
  int32_t multiplier, shift;

  template <class V>
  static void visit(V&& v, const SigmoidParams& p) {
    v("n", p.n);
    v("input_zero_point", p.input_zero_point);
    v("radius", p.radius);
    v("multiplier", p.multiplier);
    v("shift", p.shift);
  }
};

/// 1 / (1 + exp(-x)) in steps of 1/256 from the lowest value on.
struct Logistic8 {
  template <class A>
  static int32_t of(int32_t x_q27, int32_t low) {
    return A::rounding_shift(FixedPoint<A>::logistic(x_q27), 23) + low;
  }
};
/// tanh(x) in steps of 1/128 around the middle.
struct Tanh8 {
  template <class A>
  static int32_t of(int32_t x_q27, int32_t low) {
    return A::rounding_shift(FixedPoint<A>::tanh(x_q27), 24) + low + 128;
  }
};

/// T is int8 or uint8.
template <class A, class F, class T>
void sigmoid_all(const SigmoidParams& p, const T* input, T* output) {
  constexpr int32_t low = static_cast<T>(-1) < 0 ? -128 : 0, high = low + 255;
  for (int32_t i = 0; i < p.n; ++i) {
    const int32_t x = input[i] - p.input_zero_point;
    int32_t value = x <= -p.radius ? low : high;
    if (x > -p.radius && x < p.radius)
      value = A::clamp(F::template of<A>(A::requantize(x, {p.multiplier, p.shift}), low), low, high);
    output[i] = static_cast<T>(value);
  }
}

/// 16 bits: x * multiplier / 2^right is the place in the table, in steps of 1 / (24 * 2^9) for LOGISTIC, of
/// which TANH reads twice as many.
struct SigmoidTableParams {
  int32_t n, multiplier, right;

  template <class V>
  static void visit(V&& v, const SigmoidTableParams& p) {
    v("n", p.n);
    v("multiplier", p.multiplier);
    v("right", p.right);
  }
};

/// The logistic function of a place >= 0 with `bits` bits behind the point, in steps of 2^-(16 + bits).
inline int32_t logistic_from_table(int32_t place, int32_t bits) {
  const int32_t i = place >> bits, rest = place & ((1 << bits) - 1);
  if (i >= 255) return (bits == 9 ? 0x7fff << 1 : 0xffff) << bits;  // where the two of the reference saturate
  return (logistic_table[i] << bits) + rest * (logistic_table[i + 1] - logistic_table[i]);
}

/// In steps of 2^-15.
struct Logistic16 {
  static int32_t of(int32_t place) {
    const int32_t value = logistic_from_table(place < 0 ? -place : place, 9);  // in steps of 2^-25
    return (place >= 0 ? value + (1 << 9) : (1 << 25) - value + (1 << 9) - 1) >> 10;
  }
};
/// tanh(x) = 2 logistic(2 x) - 1, in steps of 2^-15.
struct Tanh16 {
  static int32_t of(int32_t place) {
    const int32_t value = logistic_from_table(place < 0 ? -place : place, 8) - (1 << 23);  // 2^-24
    return ((place >= 0 ? value : -value - 1) + (1 << 7)) >> 8;
  }
};

template <class F>
void sigmoid_table_all(const SigmoidTableParams& p, const int16_t* input, int16_t* output) {
  const int32_t half = p.right > 0 ? 1 << (p.right - 1) : 0;
  for (int32_t i = 0; i < p.n; ++i)
    output[i] = static_cast<int16_t>(F::of((input[i] * p.multiplier + half) >> p.right));
}

/// HARD_SWISH: x * clamp(x + 3, 0, 6) / 6 with 16-bit products. x goes to steps of input_scale / 128; one
/// multiplier leads on to the output (up to a right shift), the other one to steps of 3 / 32768.
struct HardSwishParams {
  int32_t n;
  int32_t input_zero_point, output_zero_point;
  int32_t output_multiplier, output_right;
  int32_t gate_multiplier, gate_shift;

  template <class V>
  static void visit(V&& v, const HardSwishParams& p) {
    v("n", p.n);
    v("input_zero_point", p.input_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("output_multiplier", p.output_multiplier);
    v("output_right", p.output_right);
    v("gate_multiplier", p.gate_multiplier);
    v("gate_shift", p.gate_shift);
  }
};

template <class A>
void hard_swish_all(const HardSwishParams& p, const int8_t* input, int8_t* output) {
  const auto product = [](int32_t a, int32_t b) { return (a * b + (1 << 14)) >> 15; };
  // The last of the left shifts comes after the product; what saturates before it saturates there, too.
  const int32_t before = p.gate_shift > 0 ? p.gate_shift - 1 : 0, after = p.gate_shift > 0 ? 1 : 0;
  const int32_t right = p.gate_shift < 0 ? -p.gate_shift : 0;
  for (int32_t i = 0; i < p.n; ++i) {
    const int32_t x = (input[i] - p.input_zero_point) * 128;  // 16 bits
    const int64_t wide = x * (int64_t{1} << before);
    const auto gate = static_cast<int32_t>(wide < -32768 ? -32768 : wide > 32767 ? 32767 : wide);
    const int32_t scaled = A::clamp(product(gate, p.gate_multiplier) * (1 << after), -32768, 32767);
    const int32_t open = (A::rounding_shift(scaled, right) + 32768) >> 1;  // 0..32767 for 0..1
    const int32_t value = open * product(x, p.output_multiplier) / 32768;
    const int32_t q = A::rounding_shift(value, p.output_right) + p.output_zero_point;
    output[i] = static_cast<int8_t>(A::clamp(q, -128, 127));
  }
}

inline float hard_swish_float(float x) {
  const float gate = x + 3.0f;
  return x * (gate < 0.0f ? 0.0f : gate > 6.0f ? 6.0f : gate) / 6.0f;
}

}  // namespace inkling
