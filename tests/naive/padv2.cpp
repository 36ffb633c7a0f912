// PADV2: a number around the input.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 5);
  Index paddings, whole;
  for (const int32_t dim : shape) {
    paddings.push_back(random.integer(0, 2));
    paddings.push_back(random.integer(0, 2));
    whole.push_back(dim + paddings[paddings.size() - 2] + paddings.back());
  }
  Case c;
  const Operand in = movable(random, shape);
  c.inputs = {in, constant(list(random, paddings)), shaped_like(in, {1})};
  fill(random, c.inputs[2]);
  if (random.one_in(2)) c.inputs[2].role = Role::constant;
  c.outputs = {shaped_like(in, whole)};
  return c;
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  define_each(c.outputs[0], [&](Index index) {
    for (size_t i = 0; i < index.size(); ++i) {
      index[i] -= static_cast<int32_t>(c.inputs[1].v[2 * i]);
      if (index[i] < 0 || index[i] >= in.shape[i]) return c.inputs[2].v[0];
    }
    return in.at(index);
  });
}

const Register registered("PADV2", draw, define);

}  // namespace
}  // namespace inkling::naive
