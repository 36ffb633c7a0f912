// SLICE: a box. Positions of the graph that lead outside mean the nearest box inside.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 5);
  Index begins, sizes, part;
  const bool constants = random.one_in(2), inside = constants || random.one_in(2);
  for (const int32_t dim : shape) {
    part.push_back(random.integer(1, dim));
    const int32_t last = dim - part.back();
    begins.push_back(inside ? random.integer(0, last) : random.integer(-1, last + 1));
    sizes.push_back(begins.back() + part.back() == dim && random.one_in(2) ? -1 : part.back());
  }
  Case c;
  c.inputs = {movable(random, shape), list(random, begins), constant(list(random, sizes))};
  if (constants) c.inputs[1].role = Role::constant;
  c.outputs = {shaped_like(c.inputs[0], part)};
  return c;
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  define_each(c.outputs[0], [&](Index index) {
    for (size_t i = 0; i < index.size(); ++i)
      index[i] += static_cast<int32_t>(clamp(c.inputs[1].v[i], 0, in.shape[i] - c.outputs[0].shape[i]));
    return in.at(index);
  });
}

const Register registered("SLICE", draw, define);

}  // namespace
}  // namespace inkling::naive
