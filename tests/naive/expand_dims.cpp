// EXPAND_DIMS: the same numbers with one dimension of 1 more.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random);
  Index more = shape;
  const int32_t axis = random.integer(0, rank_of(shape));
  more.insert(more.begin() + axis, 1);
  Case c;
  c.inputs = {movable(random, shape), constant(list(random, {draw_sign(random, axis, rank_of(more))}))};
  c.outputs = {shaped_like(c.inputs[0], more)};
  return c;
}

void define(Case& c) {
  c.outputs[0].v = c.inputs[0].v;
}

const Register registered("EXPAND_DIMS", draw, define);

}  // namespace
}  // namespace inkling::naive
