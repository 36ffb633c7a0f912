// TILE: the input over and over along each axis.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 4);
  Index multiples, whole;
  for (const int32_t dim : shape) {
    multiples.push_back(random.integer(1, 3));
    whole.push_back(dim * multiples.back());
  }
  Case c;
  c.inputs = {movable(random, shape), constant(list(random, multiples))};
  c.outputs = {shaped_like(c.inputs[0], whole)};
  return c;
}

void define(Case& c) {
  define_each(c.outputs[0], [&](Index index) {
    for (size_t i = 0; i < index.size(); ++i) index[i] %= c.inputs[0].shape[i];
    return c.inputs[0].at(index);
  });
}

const Register registered("TILE", draw, define);

}  // namespace
}  // namespace inkling::naive
