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
    const int32_t q =
        A::requantize(static_cast<int32_t>(input[i]) - p.input_zero_point, m) + p.output_zero_point;
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

/// 1 / (1 + exp(-x)) on int8: inputs in Q27, outputs in steps of 1/256 from -128 on.
struct LogisticParams {
  int32_t n;
  int32_t input_zero_point, radius;  ///< from +-radius on the result is 0 or 1
  int32_t multiplier, shift;

  template <class V>
  static void visit(V&& v, const LogisticParams& p) {
    v("n", p.n);
    v("input_zero_point", p.input_zero_point);
    v("radius", p.radius);
    v("multiplier", p.multiplier);
    v("shift", p.shift);
  }
};

template <class A>
void logistic_all(const LogisticParams& p, const int8_t* input, int8_t* output) {
  for (int32_t i = 0; i < p.n; ++i) {
    const int32_t x = input[i] - p.input_zero_point;
    int32_t value = x <= -p.radius ? -128 : 127;
    if (x > -p.radius && x < p.radius) {
      const int32_t q31 = FixedPoint<A>::logistic(A::requantize(x, {p.multiplier, p.shift}));
      value = A::clamp(A::rounding_shift(q31, 23) - 128, -128, 127);
    }
    output[i] = static_cast<int8_t>(value);
  }
}

/// A count of elements, for functions that need nothing else.
struct CountParams {
  int32_t n;

  template <class V>
  static void visit(V&& v, const CountParams& p) {
    v("n", p.n);
  }
};

inline void logistic_float(const CountParams& p, const float* input, float* output) {
  for (int32_t i = 0; i < p.n; ++i) {
    // exp of a negative number, so that nothing overflows.
    const float e = exp_float(input[i] < 0 ? input[i] : -input[i]);
    output[i] = input[i] < 0 ? e / (1.0f + e) : 1.0f / (1.0f + e);
  }
}

}  // namespace inkling
