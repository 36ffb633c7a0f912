// RESHAPE: the same numbers in another shape.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c;
  c.inputs = {movable(random, draw_shape(random, 6))};
  c.outputs = {c.inputs[0]};
  std::vector<int32_t>& shape = c.outputs[0].shape;
  std::shuffle(shape.begin(), shape.end(), std::mt19937(random.bits()));
  if (random.one_in(2)) shape = {c.inputs[0].size()};
  if (random.one_in(2)) {
    Operand new_shape =
        constant(tensor(random.one_of({Type::int32, Type::int64}), {static_cast<int32_t>(shape.size())}));
    new_shape.v.assign(shape.begin(), shape.end());
    c.inputs.push_back(new_shape);
  }
  c.options = Options("ReshapeOptions");
  return c;
}

void define(Case& c) {
  c.outputs[0].v = c.inputs[0].v;
}

const Register registered("RESHAPE", draw, define);

}  // namespace
}  // namespace inkling::naive
