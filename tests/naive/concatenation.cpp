// CONCATENATION: the inputs one after the other along an axis. uint8 with scales: brought to the output's
// quantization in float32.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Index shape = draw_shape(random);
  const int32_t axis = random.integer(0, rank_of(shape) - 1),
                n = random.integer(1, random.one_in(4) ? 10 : 4);
  const bool equal = random.one_in(3), rescaled = random.one_in(4);
  Case c;
  Index whole = shape;
  whole[static_cast<size_t>(axis)] = 0;
  const Operand first =
      rescaled ? quantized(random, Type::uint8, shape, draw_scale(random)) : movable(random, shape);
  for (int32_t i = 0; i < n; ++i) {
    int32_t& dim = shape[static_cast<size_t>(axis)];
    if (!equal && i > 0) dim = random.integer(1, 5);
    whole[static_cast<size_t>(axis)] += dim;
    const bool other = rescaled && random.one_in(2);
    c.inputs.push_back(other ? quantized(random, Type::uint8, shape, draw_scale(random))
                             : shaped_like(first, shape));
    fill(random, c.inputs.back());
  }
  c.outputs = {shaped_like(first, whole)};
  c.options = Options("ConcatenationOptions").set("axis", draw_sign(random, axis, rank_of(shape)));
  return c;
}

double rescale(const Operand& in, const Operand& out, double x) {
  if (in.scales == out.scales && in.zero_points == out.zero_points) return x;
  const float scale = in.scale() * (1.0f / out.scale()), bias = static_cast<float>(-in.zero_point()) * scale;
  return clamp(std::round(static_cast<float>(x) * scale + bias) + out.zero_point(), 0, 255);
}

void define(Case& c) {
  const auto axis = static_cast<size_t>(from_front(c.option("axis"), c.outputs[0].shape.size()));
  define_each(c.outputs[0], [&](Index index) {
    size_t i = 0;
    for (; index[axis] >= c.inputs[i].shape[axis]; ++i) index[axis] -= c.inputs[i].shape[axis];
    return rescale(c.inputs[i], c.outputs[0], c.inputs[i].at(index));
  });
}

const Register registered("CONCATENATION", draw, define);

}  // namespace
}  // namespace inkling::naive
