// ONE_HOT: along a new axis "on" at the index, "off" elsewhere.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 3);
  const int32_t axis = random.integer(0, rank_of(shape)), depth = random.integer(1, 6);
  Index more = shape;
  more.insert(more.begin() + axis, depth);
  Operand indices = tensor(random.one_of({Type::int32, Type::int64}), shape),
          size = tensor(random.one_of({Type::int32, Type::int64}), {});
  for (double& i : indices.v) i = random.integer(-1, depth);
  size.v = {static_cast<double>(depth)};
  Case c;
  const Operand on = movable(random, {});
  c.inputs = {indices, constant(size), on, on};
  fill(random, c.inputs[3]);
  c.outputs = {shaped_like(on, more)};
  c.options = Options("OneHotOptions").set("axis", axis == rank_of(shape) && random.one_in(2) ? -1 : axis);
  return c;
}

void define(Case& c) {
  const int32_t axis = from_front(c.option("axis"), c.outputs[0].shape.size());
  define_each(c.outputs[0], [&](Index index) {
    const int32_t at = index[static_cast<size_t>(axis)];
    index.erase(index.begin() + axis);
    return c.inputs[c.inputs[0].at(index) == at ? 2 : 3].v[0];
  });
}

const Register registered("ONE_HOT", draw, define);

}  // namespace
}  // namespace inkling::naive
