// Operators of one input, element by element: a function object and a loop. Their Params say how the
// functions map.
#pragma once
#include "inkling/kernels/fixed_point.h"
#include "inkling/kernels/float_math.h"

namespace inkling {

/// From one quantization to another, then clamped: RELU, QUANTIZE between integers.
struct RequantizeParams {
  int32_t n;
  int32_t input_zero_point, output_zero_point;
  int32_t multiplier, shift;
  int32_t low, high;

  template <class V>
  static void visit(V&& v, const RequantizeParams& p) {
    v("n", p.n);
    v("input_zero_point", p.input_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("multiplier", p.multiplier);
    v("shift", p.shift);
    v("low", p.low);
    v("high", p.high);
  }
};

template <class A, class In, class Out>
void requantize_all(const RequantizeParams& p, const In* input, Out* output) {
  const Multiplier m{p.multiplier, p.shift};
  for (int32_t i = 0; i < p.n; ++i) {
    const int32_t x = wrapping_subtract(static_cast<int32_t>(input[i]), p.input_zero_point);
    const int32_t q = wrapping_add(A::requantize(x, m), p.output_zero_point);
    output[i] = static_cast<Out>(A::clamp(q, p.low, p.high));
  }
}

/// Values limited to [low, high]: RELU and RELU6 where nothing is rescaled.
template <class Bound>
struct ClampParams {
  int32_t n;
  Bound low, high;

  template <class V>
  static void visit(V&& v, const ClampParams& p) {
    v("n", p.n);
    v("low", p.low);
    v("high", p.high);
  }
};

template <class T, class Bound>
void clamp_all(const ClampParams<Bound>& p, const T* input, T* output) {
  for (int32_t i = 0; i < p.n; ++i) {
    const Bound x = input[i];
    output[i] = static_cast<T>(x > p.high ? p.high : x < p.low ? p.low : x);
  }
}

/// real = scale * (q - zero_point)
struct AffineParams {
  int32_t n;
  float scale;
  int32_t zero_point, low, high;

  template <class V>
  static void visit(V&& v, const AffineParams& p) {
    v("n", p.n);
    v("scale", p.scale);
    v("zero_point", p.zero_point);
    v("low", p.low);
    v("high", p.high);
  }
};

template <class Out>
void quantize_all(const AffineParams& p, const float* input, Out* output) {
  for (int32_t i = 0; i < p.n; ++i) {
    const int64_t q = int64_t{round_half_away(input[i] / p.scale)} + p.zero_point;
    output[i] = static_cast<Out>(q < p.low ? p.low : q > p.high ? p.high : q);
  }
}

template <class In>
void dequantize_all(const AffineParams& p, const In* input, float* output) {
  for (int32_t i = 0; i < p.n; ++i)
    output[i] = p.scale * static_cast<float>(static_cast<int32_t>(input[i]) - p.zero_point);
}

/// A count of elements, for functions that need nothing else.
struct CountParams {
  int32_t n;

  template <class V>
  static void visit(V&& v, const CountParams& p) {
    v("n", p.n);
  }
};

/// f on floats.
template <float (*f)(float)>
void map_float(const CountParams& p, const float* input, float* output) {
  for (int32_t i = 0; i < p.n; ++i) output[i] = f(input[i]);
}

/// f on int8 by what the values stand for.
struct QuantizedMapParams {
  int32_t n;
  float input_scale, inverse_output_scale;
  int32_t input_zero_point, output_zero_point;

  template <class V>
  static void visit(V&& v, const QuantizedMapParams& p) {
    v("n", p.n);
    v("input_scale", p.input_scale);
    v("inverse_output_scale", p.inverse_output_scale);
    v("input_zero_point", p.input_zero_point);
    v("output_zero_point", p.output_zero_point);
  }
};

/// out = clamp(round(f(scale * (q - zero_point)) / output_scale) + output_zero_point). More than 256 elements
/// are looked up in a table, for which `table` has room.
template <float (*f)(float)>
void map_quantized(const QuantizedMapParams& p, const int8_t* input, int8_t* output, int8_t* table) {
  const auto value = [&](int32_t q) {
    const float y = f(p.input_scale * static_cast<float>(q - p.input_zero_point));
    const int64_t rounded = int64_t{round_half_away(y * p.inverse_output_scale)} + p.output_zero_point;
    return static_cast<int8_t>(rounded < -128 ? -128 : rounded > 127 ? 127 : rounded);
  };
  if (p.n > 256)
    for (int32_t q = -128; q < 128; ++q) table[q + 128] = value(q);
  for (int32_t i = 0; i < p.n; ++i) output[i] = p.n > 256 ? table[input[i] + 128] : value(input[i]);
}

/// LEAKY_RELU and ABS: one multiplier for x >= 0, another one, which may be negative, below.
struct TwoSlopesParams {
  int32_t n;
  int32_t input_zero_point, output_zero_point;
  int32_t multiplier, shift;
  int32_t negative_multiplier, negative_shift;
  int32_t low, high;

  template <class V>
  static void visit(V&& v, const TwoSlopesParams& p) {
    v("n", p.n);
    v("input_zero_point", p.input_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("multiplier", p.multiplier);
    v("shift", p.shift);
    v("negative_multiplier", p.negative_multiplier);
    v("negative_shift", p.negative_shift);
    v("low", p.low);
    v("high", p.high);
  }
};

template <class A, class T>
void two_slopes_all(const TwoSlopesParams& p, const T* input, T* output) {
  for (int32_t i = 0; i < p.n; ++i) {
    const int32_t x = input[i] - p.input_zero_point;
    const Multiplier m =
        x >= 0 ? Multiplier{p.multiplier, p.shift} : Multiplier{p.negative_multiplier, p.negative_shift};
    const int32_t q = wrapping_add(A::requantize(x, m), p.output_zero_point);
    output[i] = static_cast<T>(A::clamp(q, p.low, p.high));
  }
}

struct LeakyReluParams {
  int32_t n;
  float alpha;

  template <class V>
  static void visit(V&& v, const LeakyReluParams& p) {
    v("n", p.n);
    v("alpha", p.alpha);
  }
};

inline void leaky_relu_float(const LeakyReluParams& p, const float* input, float* output) {
  for (int32_t i = 0; i < p.n; ++i) output[i] = input[i] > 0 ? input[i] : input[i] * p.alpha;
}

}  // namespace inkling
