// TRANSPOSE_CONV: every input adds its filter, weighed by itself, to the outputs under it.
#include "tests/naive/layer.h"
#include "tests/naive/window.h"

namespace inkling::naive {
namespace {

// An axis as the convolution has it that goes from output to input.
Axis draw_turned_axis(Random& random, bool same) {
  Axis a;
  do {
    a = {random.integer(1, 12), random.integer(1, 4), random.integer(1, 3), 1, same};
  } while (!same && a.extent() > a.n_input);
  return a;
}

LayerTypes draw_types(Random& random) {
  LayerTypes types;
  do {
    types = draw_layer_types(random);
  } while (types.filter == Type::int4 || (types.input == Type::float32 && types.filter == Type::int8));
  if (types.input == Type::int16) types.bias = random.one_of({Type::int16, Type::int64});
  return types;
}

Case draw(Random& random) {
  const bool same = random.one_in(2);
  const Axis rows = draw_turned_axis(random, same), columns = draw_turned_axis(random, same);
  const int32_t depth = random.integer(1, 9), n_outputs = random.integer(1, 6),
                batches = random.integer(1, 2);
  Case c = draw_layer(random, draw_types(random), {batches, rows.n_output(), columns.n_output(), depth},
                      {n_outputs, rows.n_taps, columns.n_taps, depth}, 0, depth * 2,
                      {batches, rows.n_input, columns.n_input, n_outputs});
  c.options = Options("TransposeConvOptions");
  set_axes(c.options, rows, columns, false);
  c.options.set("fused_activation_function", draw_activation(random));
  Operand shape = constant(tensor(random.one_of({Type::int32, Type::int64}), {4}));
  for (size_t i = 0; i < 4; ++i) shape.v[i] = c.outputs[0].dim(i);
  c.inputs = {shape, c.inputs[1], c.inputs[0], c.inputs[2]};
  return c;
}

void define(Case& c) {
  // The same layer with its operands in the usual order.
  Case layer = c;
  layer.inputs = {c.inputs[2], c.inputs[1], c.inputs[3]};
  if (c.inputs[2].type == Type::int16) layer.inputs[2].type = Type::int64;
  const LayerInput input = layer_input(layer, 1, false);
  const Operand& filter = c.inputs[1];
  Operand& out = c.outputs[0];
  const bool same = c.option("padding") == 0;
  const Axis rows = {out.dim(1), filter.dim(1), static_cast<int32_t>(c.option("stride_h")), 1, same};
  const Axis columns = {out.dim(2), filter.dim(2), static_cast<int32_t>(c.option("stride_w")), 1, same};
  std::fill(out.v.begin(), out.v.end(), 0);
  for_each_pixel(input.centred, [&](int32_t b, int32_t y, int32_t x, int32_t i) {
    for_each_tap(rows, columns, y, x, [&](int32_t ky, int32_t kx, int32_t out_y, int32_t out_x) {
      for (int32_t o = 0; o < out.dim(3); ++o)
        out.at({b, out_y, out_x, o}) +=
            input.centred.at({b, y, x, i}) * centred(filter, filter.at({o, ky, kx, i}));
    });
  });
  for_each_pixel(out, [&](int32_t b, int32_t y, int32_t x, int32_t o) {
    out.at({b, y, x, o}) = finish(layer, input, out.at({b, y, x, o}), b, o);
  });
}

const Register registered("TRANSPOSE_CONV", draw, define);

}  // namespace
}  // namespace inkling::naive
