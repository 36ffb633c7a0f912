// GATHER_ND: the last dimension of the indices names a place in the input's first dimensions.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random);
  const int32_t depth = random.integer(1, rank_of(shape));
  Index gathered;
  for (int32_t i = random.integer(0, 2); i > 0; --i) gathered.push_back(random.integer(1, 4));
  Index where = gathered;
  where.push_back(depth);
  gathered.insert(gathered.end(), shape.begin() + depth, shape.end());
  Case c;
  Operand indices = tensor(random.one_of({Type::int32, Type::int32, Type::int64}), where);
  const int32_t beyond = random.one_in(3);  // indices outside mean the nearest row
  for (size_t i = 0; i < indices.v.size(); ++i)
    indices.v[i] = random.integer(-beyond, shape[i % static_cast<size_t>(depth)] - 1 + beyond);
  c.inputs = {movable(random, shape), indices};
  if (random.one_in(2)) c.inputs[1].role = Role::constant;
  c.outputs = {shaped_like(c.inputs[0], gathered)};
  return c;
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &indices = c.inputs[1];
  const int32_t outer = rank_of(indices.shape) - 1, depth = indices.shape.back();
  define_each(c.outputs[0], [&](const Index& index) {
    Index from;
    for (int32_t d = 0; d < depth; ++d) {
      Index where(index.begin(), index.begin() + outer);
      where.push_back(d);
      from.push_back(static_cast<int32_t>(clamp(indices.at(where), 0, in.dim(static_cast<size_t>(d)) - 1)));
    }
    from.insert(from.end(), index.begin() + outer, index.end());
    return in.at(from);
  });
}

const Register registered("GATHER_ND", draw, define);

}  // namespace
}  // namespace inkling::naive
