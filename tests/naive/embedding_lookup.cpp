// EMBEDDING_LOOKUP: rows of a table by their numbers; int8 tables may become real numbers.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Index shape = draw_shape(random);
  const int32_t n_rows = shape[0], n = random.integer(1, 5);
  const bool hybrid = random.one_in(3);
  Operand table = hybrid ? quantized(random, Type::int8, shape, draw_scale(random)) : movable(random, shape);
  if (hybrid) table.zero_points = {0};
  fill(random, table);
  if (random.one_in(2)) table.role = Role::constant;
  Operand rows = tensor(random.one_of({Type::int32, Type::int32, Type::int64}), {n});
  const int32_t beyond = random.one_in(3);  // rows outside mean the nearest one
  for (double& row : rows.v) row = random.integer(-beyond, n_rows - 1 + beyond);
  shape[0] = n;
  Case c;
  c.inputs = {rows, table};
  c.outputs = {hybrid ? tensor(Type::float32, shape) : shaped_like(table, shape)};
  c.outputs[0].role = Role::fed;
  c.tolerance = 1e-7;
  return c;
}

void define(Case& c) {
  const Operand& table = c.inputs[1];
  const double scale = table.type != c.outputs[0].type ? double{table.scale()} : 1;
  define_each(c.outputs[0], [&](Index index) {
    index[0] = static_cast<int32_t>(clamp(c.inputs[0].v[static_cast<size_t>(index[0])], 0, table.dim(0) - 1));
    return table.at(index) * scale;
  });
}

const Register registered("EMBEDDING_LOOKUP", draw, define);

}  // namespace
}  // namespace inkling::naive
