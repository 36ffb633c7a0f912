// Operators of one input, number by number.
#pragma once
#include "tests/naive/quantized.h"

namespace inkling::naive {

inline std::vector<int32_t> draw_shape(Random& random, int32_t max_rank = 4) {
  std::vector<int32_t> shape(static_cast<size_t>(random.integer(1, max_rank)));
  for (int32_t& dim : shape) dim = random.integer(1, 6);
  return shape;
}

/// A case with one input of `type` and one output of `output_type`, quantized where they are integers.
inline Case draw_unary(Random& random, Type type, Type output_type) {
  const std::vector<int32_t> shape = draw_shape(random);
  const auto operand = [&](Type t) {
    return t == Type::float32 ? tensor(t, shape) : quantized(random, t, shape, draw_scale(random));
  };
  Case c;
  c.inputs = {operand(type)};
  c.outputs = {operand(output_type)};
  fill(random, c.inputs[0]);
  return c;
}

/// The logistic function of real numbers as the reference has it: exp(x) below -9.
inline double real_logistic(double x) {
  return x < -9 ? std::exp(x) : 1 / (1 + std::exp(-x));
}

/// Sets every output to f(input).
template <class F>
void define_unary(Case& c, F f) {
  c.outputs[0].v.clear();
  for (const double x : c.inputs[0].v) c.outputs[0].v.push_back(f(x));
}

/// x in the input's quantization brought to the output's, not clamped.
inline double rescale(const Case& c, double x) {
  const Operand &in = c.inputs[0], &out = c.outputs[0];
  const Factor factor = quantize_factor(double{in.scale()} / out.scale());
  return multiply(x - in.zero_point(), factor) + out.zero_point();
}

}  // namespace inkling::naive
