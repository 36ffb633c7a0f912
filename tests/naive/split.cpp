// SPLIT: equal stretches along an axis are the outputs.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Index shape = draw_shape(random);
  const int32_t axis = random.integer(0, rank_of(shape) - 1), n = random.integer(1, 5);
  Case c;
  c.inputs.push_back(constant(list(random, {draw_sign(random, axis, rank_of(shape))})));
  const Index part = shape;
  shape[static_cast<size_t>(axis)] *= n;
  c.inputs.push_back(movable(random, shape));
  c.outputs.assign(static_cast<size_t>(n), shaped_like(c.inputs[1], part));
  c.options = Options("SplitOptions").set("num_splits", n);
  return c;
}

void define(Case& c) {
  const auto axis = static_cast<size_t>(from_front(c.inputs[0].v[0], c.inputs[1].shape.size()));
  for (size_t i = 0; i < c.outputs.size(); ++i)
    define_each(c.outputs[i], [&](Index index) {
      index[axis] += static_cast<int32_t>(i) * c.outputs[i].shape[axis];
      return c.inputs[1].at(index);
    });
}

const Register registered("SPLIT", draw, define);

}  // namespace
}  // namespace inkling::naive
