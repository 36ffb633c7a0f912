// BROADCAST_TO: dimensions of 1 and missing ones are repeated.
#include "tests/naive/binary_movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 6);
  Case c;
  c.inputs = {movable(random, draw_part(random, shape)), constant(list(random, shape))};
  c.outputs = {shaped_like(c.inputs[0], shape)};
  return c;
}

void define(Case& c) {
  define_each(c.outputs[0],
              [&](const Index& index) { return c.inputs[0].at(index_within(c.inputs[0].shape, index)); });
}

const Register registered("BROADCAST_TO", draw, define);

}  // namespace
}  // namespace inkling::naive
