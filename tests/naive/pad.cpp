// PAD: zeros around the input; for bytes the output's zero point.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 5);
  Index paddings, whole;
  for (const int32_t dim : shape) {
    paddings.push_back(random.one_in(2) ? random.integer(0, 3) : 0);
    paddings.push_back(random.one_in(2) ? random.integer(0, 3) : 0);
    whole.push_back(dim + paddings[paddings.size() - 2] + paddings.back());
  }
  Case c;
  c.inputs = {movable(random, shape), constant(list(random, paddings))};
  const Type type = c.inputs[0].type;
  if (type == Type::int8 || type == Type::uint8) {
    c.inputs[0].scales = {0.5f};
    c.inputs[0].zero_points = {random.integer(type == Type::int8 ? -128 : 0, 127)};
  }
  c.outputs = {shaped_like(c.inputs[0], whole)};
  return c;
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  const double zero = in.zero_points.empty() ? 0 : in.zero_point();
  define_each(c.outputs[0], [&](Index index) {
    for (size_t i = 0; i < index.size(); ++i) {
      index[i] -= static_cast<int32_t>(c.inputs[1].v[2 * i]);
      if (index[i] < 0 || index[i] >= in.shape[i]) return zero;
    }
    return in.at(index);
  });
}

const Register registered("PAD", draw, define);

}  // namespace
}  // namespace inkling::naive
