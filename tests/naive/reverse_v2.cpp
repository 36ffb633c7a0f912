// REVERSE_V2: the named axes run backwards.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 5);
  Case c;
  c.inputs = {movable(random, shape), constant(list(random, draw_axes(random, rank_of(shape))))};
  c.outputs = {shaped_like(c.inputs[0], shape)};
  return c;
}

void define(Case& c) {
  const std::vector<bool> reversed = named_axes(c.inputs[1], c.inputs[0].shape.size());
  define_each(c.outputs[0], [&](Index index) {
    for (size_t i = 0; i < index.size(); ++i)
      if (reversed[i]) index[i] = c.inputs[0].shape[i] - 1 - index[i];
    return c.inputs[0].at(index);
  });
}

const Register registered("REVERSE_V2", draw, define);

}  // namespace
}  // namespace inkling::naive
