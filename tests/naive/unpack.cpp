// UNPACK: every index of an axis is an output.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random);
  const int32_t axis = random.integer(0, rank_of(shape) - 1);
  Case c;
  c.inputs = {movable(random, shape)};
  Index part = shape;
  part.erase(part.begin() + axis);
  const int32_t n = shape[static_cast<size_t>(axis)];
  c.outputs.assign(static_cast<size_t>(n), shaped_like(c.inputs[0], part));
  c.options = Options("UnpackOptions").set("num", n);
  c.options.set("axis", draw_sign(random, axis, rank_of(shape)));
  return c;
}

void define(Case& c) {
  const int32_t axis = from_front(c.option("axis"), c.inputs[0].shape.size());
  for (size_t i = 0; i < c.outputs.size(); ++i)
    define_each(c.outputs[i], [&](Index index) {
      index.insert(index.begin() + axis, static_cast<int32_t>(i));
      return c.inputs[0].at(index);
    });
}

const Register registered("UNPACK", draw, define);

}  // namespace
}  // namespace inkling::naive
