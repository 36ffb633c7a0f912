// FULLY_CONNECTED: out[b, r] = activation(bias[r] + sum of input[b, i] * weights[r, i]).
#include "tests/naive/quantized.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const int32_t batches = random.integer(1, 4), rows = random.integer(1, 18), depth = random.integer(1, 70);
  const bool is_float = random.one_in(4);
  const std::vector<int32_t> in =
      random.one_in(3) ? std::vector<int32_t>{1, batches, 1, depth} : std::vector<int32_t>{batches, depth};
  Case c;
  if (is_float) {
    c.inputs = {tensor(Type::float32, in), constant(tensor(Type::float32, {rows, depth})),
                draw_bias(random, Type::float32, rows)};
    fill(random, c.inputs[1]);
    c.outputs = {tensor(Type::float32, {batches, rows})};
    c.tolerance = 1e-5;
  } else {
    c.inputs = {quantized(random, Type::int8, in, draw_scale(random)), draw_filter(random, {rows, depth}, 0),
                draw_bias(random, Type::int32, rows)};
    if (c.inputs[1].scales.size() == 1 && random.one_in(3))
      c.inputs[1].zero_points = {random.integer(-128, 127)};
    const double scale = draw_output_scale(random, c.inputs[0], c.inputs[1], depth);
    c.outputs = {quantized(random, Type::int8, {batches, rows}, scale)};
  }
  fill(random, c.inputs[0]);
  c.options = Options("FullyConnectedOptions").set("fused_activation_function", draw_activation(random));
  return c;
}

void define(Case& c) {
  const Operand &input = c.inputs[0], &weights = c.inputs[1];
  const int32_t rows = weights.dim(0), depth = weights.dim(1);
  for (int32_t b = 0; b < input.size() / depth; ++b)
    for (int32_t r = 0; r < rows; ++r) {
      double sum = 0;
      for (int32_t i = 0; i < depth; ++i)
        sum += centred(input, input.v[static_cast<size_t>(b * depth + i)]) *
               centred(weights, weights.at({r, i}));
      double factor = channel_factor(c, r);
      // With one scale for all weights the reference multiplies the scales in float.
      if (weights.scales.size() == 1) factor = double{input.scale() * weights.scale()} / c.outputs[0].scale();
      c.outputs[0].at({b, r}) = finish(c, sum, r, factor);
    }
}

const Register registered("FULLY_CONNECTED", draw, define);

}  // namespace
}  // namespace inkling::naive
