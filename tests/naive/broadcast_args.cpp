// BROADCAST_ARGS: the shape that two shapes broadcast to.
#include "tests/naive/binary_movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index full = draw_shape(random, 5);
  const Index a = draw_part(random, full), b = draw_part(random, full);
  Case c;
  c.inputs = {list(random, a), list(random, b)};
  c.inputs[1].type = c.inputs[0].type;
  c.outputs = {shaped_like(c.inputs[0], {rank_of(broadcast(a, b))})};
  return c;
}

void define(Case& c) {
  const auto shape = [](const Operand& t) { return Index(t.v.begin(), t.v.end()); };
  const Index result = broadcast(shape(c.inputs[0]), shape(c.inputs[1]));
  c.outputs[0].v.assign(result.begin(), result.end());
}

const Register registered("BROADCAST_ARGS", draw, define);

}  // namespace
}  // namespace inkling::naive
