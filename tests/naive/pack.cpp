// PACK: the inputs are the indices of a new axis.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random);
  const int32_t axis = random.integer(0, rank_of(shape)), n = random.integer(1, 5);
  Case c;
  const Operand first = movable(random, shape);
  for (int32_t i = 0; i < n; ++i) {
    c.inputs.push_back(first);
    fill(random, c.inputs.back());
  }
  Index whole = shape;
  whole.insert(whole.begin() + axis, n);
  c.outputs = {shaped_like(first, whole)};
  c.options = Options("PackOptions").set("values_count", n);
  c.options.set("axis", draw_sign(random, axis, rank_of(whole)));
  return c;
}

void define(Case& c) {
  const int32_t axis = from_front(c.option("axis"), c.outputs[0].shape.size());
  define_each(c.outputs[0], [&](Index index) {
    const Operand& part = c.inputs[static_cast<size_t>(index[static_cast<size_t>(axis)])];
    index.erase(index.begin() + axis);
    return part.at(index);
  });
}

const Register registered("PACK", draw, define);

}  // namespace
}  // namespace inkling::naive
