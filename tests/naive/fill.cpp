// FILL: one number everywhere.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 5);
  Case c;
  c.inputs = {constant(list(random, shape)), movable(random, {})};
  if (random.one_in(2)) c.inputs[0].role = Role::fed;
  c.outputs = {shaped_like(c.inputs[1], shape)};
  return c;
}

void define(Case& c) {
  c.outputs[0].v.assign(c.outputs[0].v.size(), c.inputs[1].v[0]);
}

const Register registered("FILL", draw, define);

}  // namespace
}  // namespace inkling::naive
