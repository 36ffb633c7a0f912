// FULLY_CONNECTED: out[b, r] = activation(bias[r] + sum of input[b, i] * weights[r, i]).
#include "tests/naive/layer.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const int32_t batches = random.integer(1, 4), rows = random.integer(1, 18), depth = random.integer(1, 70);
  const std::vector<int32_t> in =
      random.one_in(3) ? std::vector<int32_t>{1, batches, 1, depth} : std::vector<int32_t>{batches, depth};
  const LayerTypes types = draw_layer_types(random);
  Case c = draw_layer(random, types, in, {rows, depth}, 0, depth, {batches, rows});
  Operand& weights = c.inputs[1];
  if (bits_of(types.input) == 8 && weights.scales.size() == 1 && random.one_in(3))
    weights.zero_points = {random.integer(static_cast<int64_t>(lowest(types.filter)),
                                          static_cast<int64_t>(highest(types.filter)))};
  c.options = Options("FullyConnectedOptions").set("fused_activation_function", draw_activation(random));
  c.options.set("asymmetric_quantize_inputs", random.integer(0, 1));
  return c;
}

void define(Case& c) {
  const Operand& weights = c.inputs[1];
  const int32_t rows = weights.dim(0), depth = weights.dim(1), batches = c.inputs[0].size() / depth;
  const LayerInput input = layer_input(c, batches, c.option("asymmetric_quantize_inputs") != 0);
  for (int32_t b = 0; b < batches; ++b)
    for (int32_t r = 0; r < rows; ++r) {
      double sum = 0;
      for (int32_t i = 0; i < depth; ++i)
        sum += input.centred.v[static_cast<size_t>(b * depth + i)] * centred(weights, weights.at({r, i}));
      // With one scale for all weights the reference multiplies the scales in float.
      c.outputs[0].at({b, r}) = finish(c, input, sum, b, r, weights.scales.size() == 1);
    }
}

const Register registered("FULLY_CONNECTED", draw, define);

}  // namespace
}  // namespace inkling::naive
