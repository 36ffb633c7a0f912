// CONV_2D: out[o] = activation(bias[o] + sum over taps and the group's channels of input * filter[o]).
#include "tests/naive/window.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const bool same = random.one_in(2), is_float = random.one_in(4);
  const Axis rows = draw_axis(random, same, true), columns = draw_axis(random, same, true);
  const int32_t groups = random.one_in(4) ? random.integer(2, 3) : 1;
  const int32_t depth = random.integer(1, 9), batches = random.integer(1, 2);
  const int32_t n_outputs = groups * random.integer(1, 9 / groups);
  const std::vector<int32_t> in = {batches, rows.n_input, columns.n_input, depth * groups};
  const std::vector<int32_t> out = {batches, rows.n_output(), columns.n_output(), n_outputs};
  const std::vector<int32_t> taps = {n_outputs, rows.n_taps, columns.n_taps, depth};
  Case c;
  if (is_float) {
    c.inputs = {tensor(Type::float32, in), constant(tensor(Type::float32, taps)),
                draw_bias(random, Type::float32, n_outputs)};
    fill(random, c.inputs[1]);
    c.outputs = {tensor(Type::float32, out)};
    c.tolerance = 1e-5;
  } else {
    c.inputs = {quantized(random, Type::int8, in, draw_scale(random)), draw_filter(random, taps, 0),
                draw_bias(random, Type::int32, n_outputs)};
    const double scale =
        draw_output_scale(random, c.inputs[0], c.inputs[1], rows.n_taps * columns.n_taps * depth);
    c.outputs = {quantized(random, Type::int8, out, scale)};
  }
  fill(random, c.inputs[0]);
  c.options = Options("Conv2DOptions");
  set_axes(c.options, rows, columns, true);
  c.options.set("fused_activation_function", draw_activation(random));
  return c;
}

void define(Case& c) {
  const Operand &input = c.inputs[0], &filter = c.inputs[1];
  Operand& out = c.outputs[0];
  const Axis rows = rows_of(c, filter.dim(1), true), columns = columns_of(c, filter.dim(2), true);
  const int32_t outputs_per_group = out.dim(3) / (input.dim(3) / filter.dim(3));
  for_each_pixel(out, [&](int32_t b, int32_t y, int32_t x, int32_t o) {
    double sum = 0;
    for_each_tap(rows, columns, y, x, [&](int32_t ky, int32_t kx, int32_t in_y, int32_t in_x) {
      for (int32_t i = 0; i < filter.dim(3); ++i) {
        const int32_t channel = o / outputs_per_group * filter.dim(3) + i;
        sum += centred(input, input.at({b, in_y, in_x, channel})) * filter.at({o, ky, kx, i});
      }
    });
    out.at({b, y, x, o}) = finish(c, sum, o, channel_factor(c, o));
  });
}

const Register registered("CONV_2D", draw, define);

}  // namespace
}  // namespace inkling::naive
