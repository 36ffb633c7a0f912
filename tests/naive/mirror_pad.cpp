// MIRROR_PAD: beyond its ends the input continues as in a mirror that stands on the last number (REFLECT, 0)
// or behind it (SYMMETRIC, 1).
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 4);
  const bool symmetric = random.one_in(2);
  Index paddings, whole;
  for (const int32_t dim : shape) {
    const int32_t most = random.one_in(3) ? 0 : symmetric ? dim : dim - 1;
    paddings.push_back(random.integer(0, most));
    paddings.push_back(random.integer(0, most));
    whole.push_back(dim + paddings[paddings.size() - 2] + paddings.back());
  }
  Case c;
  c.inputs = {movable(random, shape), constant(list(random, paddings))};
  c.inputs[1].shape = {rank_of(shape), 2};
  c.outputs = {shaped_like(c.inputs[0], whole)};
  c.options = Options("MirrorPadOptions").set("mode", symmetric);
  return c;
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  const auto repeats_edge = static_cast<int32_t>(c.option("mode"));
  define_each(c.outputs[0], [&](Index index) {
    for (size_t i = 0; i < index.size(); ++i) {
      index[i] -= static_cast<int32_t>(c.inputs[1].v[2 * i]);
      if (index[i] < 0) index[i] = -index[i] - repeats_edge;
      const int32_t past = index[i] - in.shape[i];
      if (past >= 0) index[i] = in.shape[i] - 2 - past + repeats_edge;
    }
    return in.at(index);
  });
}

const Register registered("MIRROR_PAD", draw, define);

}  // namespace
}  // namespace inkling::naive
