// SPLIT_V: stretches of given lengths along an axis are the outputs.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Index shape = draw_shape(random), sizes(static_cast<size_t>(random.integer(1, 7)));
  const auto axis = static_cast<size_t>(random.integer(0, rank_of(shape) - 1));
  shape[axis] = 0;
  for (int32_t& size : sizes) shape[axis] += size = random.integer(1, 4);
  Case c;
  c.inputs = {movable(random, shape), constant(list(random, sizes)),
              constant(list(random, {draw_sign(random, static_cast<int32_t>(axis), rank_of(shape))}))};
  for (const int32_t size : sizes) {
    shape[axis] = size;
    c.outputs.push_back(shaped_like(c.inputs[0], shape));
  }
  c.options = Options("SplitVOptions").set("num_splits", static_cast<double>(sizes.size()));
  return c;
}

void define(Case& c) {
  const auto axis = static_cast<size_t>(from_front(c.inputs[2].v[0], c.inputs[0].shape.size()));
  int32_t start = 0;
  for (Operand& out : c.outputs) {
    define_each(out, [&](Index index) {
      index[axis] += start;
      return c.inputs[0].at(index);
    });
    start += out.shape[axis];
  }
}

const Register registered("SPLIT_V", draw, define);

}  // namespace
}  // namespace inkling::naive
