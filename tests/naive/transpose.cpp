// TRANSPOSE: output dimension i is input dimension permutation[i].
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random, 6);
  Index permutation(shape.size()), turned;
  for (size_t i = 0; i < shape.size(); ++i) permutation[i] = static_cast<int32_t>(i);
  std::shuffle(permutation.begin(), permutation.end(), std::mt19937(random.bits()));
  for (const int32_t axis : permutation) turned.push_back(shape[static_cast<size_t>(axis)]);
  Case c;
  c.inputs = {movable(random, shape), constant(list(random, permutation))};
  c.outputs = {shaped_like(c.inputs[0], turned)};
  return c;
}

void define(Case& c) {
  define_each(c.outputs[0], [&](const Index& index) {
    Index from(index.size());
    for (size_t i = 0; i < index.size(); ++i) from[static_cast<size_t>(c.inputs[1].v[i])] = index[i];
    return c.inputs[0].at(from);
  });
}

const Register registered("TRANSPOSE", draw, define);

}  // namespace
}  // namespace inkling::naive
