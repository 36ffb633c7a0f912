// SHAPE: the input's dimensions.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 6);
  Case c;
  c.inputs = {movable(random, shape)};
  c.outputs = {list(random, shape)};
  c.options = Options("ShapeOptions").set("out_type", static_cast<double>(c.outputs[0].type));
  return c;
}

void define(Case& c) {
  c.outputs[0].v.assign(c.inputs[0].shape.begin(), c.inputs[0].shape.end());
}

const Register registered("SHAPE", draw, define);

}  // namespace
}  // namespace inkling::naive
