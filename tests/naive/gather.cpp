// GATHER: along one axis the indices say which; the first dimensions are batches with indices of their own.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Index shape = draw_shape(random);
  const int32_t axis = random.integer(0, rank_of(shape) - 1), batches = random.integer(0, axis);
  Index where(shape.begin(), shape.begin() + batches), gathered(shape.begin(), shape.begin() + axis);
  for (int32_t i = random.integer(batches == 0 ? 0 : 1, 2); i > 0; --i) {
    where.push_back(random.integer(1, 4));
    gathered.push_back(where.back());
  }
  gathered.insert(gathered.end(), shape.begin() + axis + 1, shape.end());
  Case c;
  Operand indices = tensor(random.one_of({Type::int32, Type::int32, Type::int64}), where);
  const int32_t beyond = random.one_in(3);  // indices outside mean the nearest row
  for (double& i : indices.v) i = random.integer(-beyond, shape[static_cast<size_t>(axis)] - 1 + beyond);
  c.inputs = {movable(random, shape), indices};
  if (random.one_in(2)) c.inputs[1].role = Role::constant;
  c.outputs = {shaped_like(c.inputs[0], gathered)};
  c.options = Options("GatherOptions").set("axis", draw_sign(random, axis, rank_of(shape)));
  const bool from_end = batches < rank_of(where) && random.one_in(3);
  c.options.set("batch_dims", from_end ? batches - rank_of(where) : batches);
  return c;
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &indices = c.inputs[1];
  const int32_t axis = from_front(c.option("axis"), in.shape.size());
  const int32_t batches = from_front(c.option("batch_dims"), indices.shape.size());
  const int32_t n_more = rank_of(indices.shape) - batches;
  define_each(c.outputs[0], [&](const Index& index) {
    Index where(index.begin(), index.begin() + batches), from(index.begin(), index.begin() + axis);
    where.insert(where.end(), index.begin() + axis, index.begin() + axis + n_more);
    const double last = in.shape[static_cast<size_t>(axis)] - 1;
    from.push_back(static_cast<int32_t>(clamp(indices.at(where), 0, last)));
    from.insert(from.end(), index.begin() + axis + n_more, index.end());
    return in.at(from);
  });
}

const Register registered("GATHER", draw, define);

}  // namespace
}  // namespace inkling::naive
