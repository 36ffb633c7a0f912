// RANK: how many dimensions the input has.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c;
  c.inputs = {movable(random, draw_shape(random, 6))};
  c.outputs = {tensor(random.one_of({Type::int32, Type::int64}), {})};
  return c;
}

void define(Case& c) {
  c.outputs[0].v = {static_cast<double>(c.inputs[0].shape.size())};
}

const Register registered("RANK", draw, define);

}  // namespace
}  // namespace inkling::naive
