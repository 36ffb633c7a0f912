// CONV_2D: out[o] = activation(bias[o] + sum over taps and the group's channels of input * filter[o]).
#include "tests/naive/layer.h"
#include "tests/naive/window.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const bool same = random.one_in(2);
  const Axis rows = draw_axis(random, same, true), columns = draw_axis(random, same, true);
  const int32_t groups = random.one_in(4) ? random.integer(2, 3) : 1;
  const int32_t depth = random.integer(1, 9), batches = random.integer(1, 2);
  const int32_t n_outputs = groups * random.integer(1, 9 / groups);
  Case c =
      draw_layer(random, draw_layer_types(random), {batches, rows.n_input, columns.n_input, depth * groups},
                 {n_outputs, rows.n_taps, columns.n_taps, depth}, 0, rows.n_taps * columns.n_taps * depth,
                 {batches, rows.n_output(), columns.n_output(), n_outputs});
  c.options = Options("Conv2DOptions");
  set_axes(c.options, rows, columns, true);
  c.options.set("fused_activation_function", draw_activation(random));
  return c;
}

void define(Case& c) {
  const Operand& filter = c.inputs[1];
  const LayerInput input = layer_input(c, c.inputs[0].dim(0), filter.scales.size() > 1);
  Operand& out = c.outputs[0];
  const Axis rows = rows_of(c, filter.dim(1), true), columns = columns_of(c, filter.dim(2), true);
  const int32_t outputs_per_group = out.dim(3) / (input.centred.dim(3) / filter.dim(3));
  for_each_pixel(out, [&](int32_t b, int32_t y, int32_t x, int32_t o) {
    double sum = 0;
    for_each_tap(rows, columns, y, x, [&](int32_t ky, int32_t kx, int32_t in_y, int32_t in_x) {
      for (int32_t i = 0; i < filter.dim(3); ++i) {
        const int32_t channel = o / outputs_per_group * filter.dim(3) + i;
        sum += input.centred.at({b, in_y, in_x, channel}) * centred(filter, filter.at({o, ky, kx, i}));
      }
    });
    out.at({b, y, x, o}) = finish(c, input, sum, b, o);
  });
}

const Register registered("CONV_2D", draw, define);

}  // namespace
}  // namespace inkling::naive
