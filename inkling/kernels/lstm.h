// UNIDIRECTIONAL_SEQUENCE_LSTM: for every step and unit
//   gate[g] = activation(W[g] x + bias[g] + R[g] h), g = input, forget, update, output
//   cell = clip(forget * cell + input * update), h = output * tanh(cell)
// A unit needs nothing of its neighbours' new values, so no gate is kept in memory. Integers go the
// reference's way: both matrix products of a gate are rounded to steps of 2^-12 and saturated for themselves,
// gates have steps of 2^-15, and the cell has a scale that is a power of two.
#pragma once
#include "inkling/kernels/float_math.h"
#include "inkling/kernels/layer.h"
#include "inkling/kernels/sigmoid.h"

namespace inkling {

enum Gate : int32_t { input_gate, forget_gate, update_gate, output_gate, kGates };

struct LstmShape {
  int32_t batches, steps, inputs, units;
  bool time_major;  ///< [steps, batches, ...], not [batches, steps, ...]

  template <class V>
  static void visit(V&& v, const LstmShape& s) {
    v("batches", s.batches);
    v("steps", s.steps);
    v("inputs", s.inputs);
    v("units", s.units);
    v("time_major", s.time_major);
  }
};

struct LstmParams {
  LstmShape shape;
  int32_t input_zero_point, state_zero_point;
  int32_t low, high;                     ///< the cell's limits
  int32_t tanh_multiplier, tanh_right;   ///< from the cell to places of tanh
  Multiplier input_multipliers[kGates];  ///< W x to steps of 2^-12
  Multiplier state_multipliers[kGates];  ///< R h to steps of 2^-12
  Multiplier keep, add, show;            ///< forget * cell, input * update, output * tanh(cell)

  template <class V>
  static void visit(V&& v, const LstmParams& p) {
    v("shape", p.shape);
    v("input_zero_point", p.input_zero_point);
    v("state_zero_point", p.state_zero_point);
    v("low", p.low);
    v("high", p.high);
    v("tanh_multiplier", p.tanh_multiplier);
    v("tanh_right", p.tanh_right);
    const auto multipliers = [&](const Multiplier& m) {
      v("multiplier", m.value);
      v("shift", m.shift);
    };
    for (const Multiplier& m : p.input_multipliers) multipliers(m);
    for (const Multiplier& m : p.state_multipliers) multipliers(m);
    multipliers(p.keep);
    multipliers(p.add);
    multipliers(p.show);
  }
};

struct LstmFloatParams {
  LstmShape shape;
  float low, high;  ///< the cell's limits

  template <class V>
  static void visit(V&& v, const LstmFloatParams& p) {
    v("shape", p.shape);
    v("low", p.low);
    v("high", p.high);
  }
};

/// Weights W [units, inputs] and R [units, units] and biases [units] of the four gates.
template <class Weight, class Bias>
struct LstmWeights {
  const Weight* input[kGates];
  const Weight* state[kGates];
  const Bias* bias[kGates];
};

/// int8: sums of 32 bits.
template <class A>
struct LstmInt8 {
  using Number = int8_t;
  using Bias = int32_t;

  static int32_t product(const int8_t* x, int32_t zero_point, const int8_t* w, int32_t n, int32_t bias,
                         Multiplier m) {
    return A::requantize(wrapping_add(A::dot(x, zero_point, w, n), bias), m);
  }
};

/// int16: sums of 64 bits, no zero points.
struct LstmInt16 {
  using Number = int16_t;
  using Bias = int64_t;

  static int32_t product(const int16_t* x, int32_t, const int8_t* w, int32_t n, int64_t bias, Multiplier m) {
    auto sum = static_cast<uint64_t>(bias);
    for (int32_t i = 0; i < n; ++i) sum += static_cast<uint64_t>(x[i] * w[i]);
    return requantize_wide(static_cast<int64_t>(sum), m);
  }
};

/// One unit of an integer LSTM. Type is LstmInt8 or LstmInt16.
template <class A, class Type>
struct LstmUnit {
  using Number = typename Type::Number;
  using Cell = int16_t;
  const LstmParams& p;
  const LstmWeights<int8_t, typename Type::Bias>& w;

  static int32_t saturate(int32_t x) { return A::clamp(x, -32768, 32767); }

  /// The place of gate `g` in the tables.
  int32_t place(int32_t g, const Number* x, const Number* h, int32_t u) const {
    const int32_t n = p.shape.inputs, m = p.shape.units;
    // In a model, 64 bits lie at a multiple of 4.
    const auto bias = load<typename Type::Bias>(w.bias[g] + u);
    const int32_t from_input =
        saturate(Type::product(x, p.input_zero_point, w.input[g] + u * n, n, bias, p.input_multipliers[g]));
    const int32_t from_state =
        saturate(Type::product(h, p.state_zero_point, w.state[g] + u * m, m, 0, p.state_multipliers[g]));
    return 3 * saturate(from_input + from_state);
  }

  Number operator()(const Number* x, const Number* h, int32_t u, int16_t* cell) const {
    const int32_t keep = Logistic16::of(place(forget_gate, x, h, u));
    const int32_t take = Logistic16::of(place(input_gate, x, h, u));
    const int32_t update = Tanh16::of(place(update_gate, x, h, u));
    const int32_t kept = saturate(A::requantize(keep * *cell, p.keep));
    const int32_t taken = saturate(A::requantize(take * update, p.add));
    *cell = static_cast<int16_t>(A::clamp(saturate(kept + taken), p.low, p.high));
    const int32_t half = p.tanh_right > 0 ? 1 << (p.tanh_right - 1) : 0;
    const int32_t shown = Tanh16::of((*cell * p.tanh_multiplier + half) >> p.tanh_right);
    const int32_t open = Logistic16::of(place(output_gate, x, h, u));
    constexpr int32_t high = sizeof(Number) == 1 ? 127 : 32767;
    const int32_t q = wrapping_add(A::requantize(shown * open, p.show), p.state_zero_point);
    return static_cast<Number>(A::clamp(q, -high - 1, high));
  }
};

/// One unit of a float LSTM.
struct LstmFloatUnit {
  using Number = float;
  using Cell = float;
  const LstmFloatParams& p;
  const LstmWeights<float, float>& w;

  float sum(int32_t g, const float* x, const float* h, int32_t u) const {
    const FloatLayer layer{};
    const int32_t n = p.shape.inputs, m = p.shape.units;
    return dot(layer, 0.0f, x, w.input[g] + u * n, n) + w.bias[g][u] +
           dot(layer, 0.0f, h, w.state[g] + u * m, m);
  }

  float operator()(const float* x, const float* h, int32_t u, float* cell) const {
    const float keep = logistic_float(sum(forget_gate, x, h, u));
    const float take = logistic_float(sum(input_gate, x, h, u));
    const float c = *cell * keep + take * tanh_float(sum(update_gate, x, h, u));
    *cell = c < p.low ? p.low : c > p.high ? p.high : c;
    return tanh_float(*cell) * logistic_float(sum(output_gate, x, h, u));
  }
};

/// input [batches, steps, inputs] (or time major), state and cell [batches, units], output [batches, steps,
/// units].
template <class Unit>
void run_sequence(const LstmShape& s, const Unit& unit, const typename Unit::Number* input,
                  typename Unit::Number* state, typename Unit::Cell* cell, typename Unit::Number* output) {
  for (int32_t b = 0; b < s.batches; ++b, state += s.units, cell += s.units) {
    for (int32_t t = 0; t < s.steps; ++t) {
      const int32_t position = s.time_major ? t * s.batches + b : b * s.steps + t;
      auto* now = output + position * s.units;
      for (int32_t u = 0; u < s.units; ++u) now[u] = unit(input + position * s.inputs, state, u, cell + u);
      copy_bytes(state, now, s.units * static_cast<int32_t>(sizeof *now));
    }
  }
}

}  // namespace inkling
