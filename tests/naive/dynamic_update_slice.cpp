// DYNAMIC_UPDATE_SLICE: a box laid over the input, at the nearest place inside.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 5);
  Index begins, part;
  for (const int32_t dim : shape) {
    part.push_back(random.integer(1, dim));
    begins.push_back(random.integer(-2, dim + 1));
  }
  Case c;
  const Operand whole = movable(random, shape);
  c.inputs = {whole, shaped_like(whole, part), list(random, begins)};
  fill(random, c.inputs[1]);
  c.outputs = {shaped_like(whole, shape)};
  return c;
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &update = c.inputs[1];
  define_each(c.outputs[0], [&](const Index& index) {
    Index inside = index;
    for (size_t i = 0; i < index.size(); ++i) {
      inside[i] -= static_cast<int32_t>(clamp(c.inputs[2].v[i], 0, in.shape[i] - update.shape[i]));
      if (inside[i] < 0 || inside[i] >= update.shape[i]) return in.at(index);
    }
    return update.at(inside);
  });
}

const Register registered("DYNAMIC_UPDATE_SLICE", draw, define);

}  // namespace
}  // namespace inkling::naive
