// SQUEEZE: the same numbers without dimensions of 1.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Index shape = draw_shape(random), rest;
  for (int32_t& dim : shape)
    if (random.one_in(2)) dim = 1;
  std::copy_if(shape.begin(), shape.end(), std::back_inserter(rest), [](int32_t dim) { return dim != 1; });
  Case c;
  c.inputs = {movable(random, shape)};
  c.outputs = {shaped_like(c.inputs[0], rest)};
  return c;
}

void define(Case& c) {
  c.outputs[0].v = c.inputs[0].v;
}

const Register registered("SQUEEZE", draw, define);

}  // namespace
}  // namespace inkling::naive
