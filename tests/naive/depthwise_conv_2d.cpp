// DEPTHWISE_CONV_2D: output channel o sees input channel o / multiplier alone.
#include "tests/naive/layer.h"
#include "tests/naive/window.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const bool same = random.one_in(2);
  const Axis rows = draw_axis(random, same, true), columns = draw_axis(random, same, true);
  const int32_t multiplier = random.one_in(2) ? 1 : random.integer(2, 9), batches = random.integer(1, 2);
  const int32_t channels = random.integer(1, multiplier == 1 ? 18 : 3), n_outputs = channels * multiplier;
  LayerTypes types = draw_layer_types(random);
  if (types.input == Type::int16) types.bias = Type::int64;
  Case c = draw_layer(random, types, {batches, rows.n_input, columns.n_input, channels},
                      {1, rows.n_taps, columns.n_taps, n_outputs}, 3, rows.n_taps * columns.n_taps,
                      {batches, rows.n_output(), columns.n_output(), n_outputs});
  c.inputs[2].type = types.bias;  // int16 sums in 64 bits without a bias, too
  c.options = Options("DepthwiseConv2DOptions").set("depth_multiplier", multiplier);
  set_axes(c.options, rows, columns, true);
  c.options.set("fused_activation_function", draw_activation(random));
  return c;
}

void define(Case& c) {
  const Operand& filter = c.inputs[1];
  const LayerInput input = layer_input(c, c.inputs[0].dim(0), filter.scales.size() > 1);
  Operand& out = c.outputs[0];
  const Axis rows = rows_of(c, filter.dim(1), true), columns = columns_of(c, filter.dim(2), true);
  const int32_t multiplier = out.dim(3) / input.centred.dim(3);
  for_each_pixel(out, [&](int32_t b, int32_t y, int32_t x, int32_t o) {
    double sum = 0;
    for_each_tap(rows, columns, y, x, [&](int32_t ky, int32_t kx, int32_t in_y, int32_t in_x) {
      sum += input.centred.at({b, in_y, in_x, o / multiplier}) * centred(filter, filter.at({0, ky, kx, o}));
    });
    out.at({b, y, x, o}) = finish(c, input, sum, b, o);
  });
}

const Register registered("DEPTHWISE_CONV_2D", draw, define);

}  // namespace
}  // namespace inkling::naive
