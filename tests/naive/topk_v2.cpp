// TOPK_V2: the largest numbers of each row in falling order, and where they are; of equal ones the first.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Index shape = draw_shape(random);
  const Type type = random.one_of({Type::int8, Type::int16, Type::int32, Type::uint8, Type::float32});
  const int32_t k = random.integer(1, shape.back());
  Case c;
  c.inputs = {tensor(type, shape), tensor(random.one_of({Type::int32, Type::int64}), {})};
  fill(random, c.inputs[0]);
  c.inputs[1].v = {static_cast<double>(k)};
  c.inputs[1].role = Role::constant;
  shape.back() = k;
  c.outputs = {tensor(type, shape), tensor(Type::int32, shape)};
  return c;
}

void define(Case& c) {
  const auto n = static_cast<size_t>(c.inputs[0].shape.back()), k = static_cast<size_t>(c.inputs[1].v[0]);
  for (size_t row = 0; row < c.inputs[0].v.size() / n; ++row) {
    const double* x = &c.inputs[0].v[row * n];
    std::vector<size_t> order(n);
    for (size_t i = 0; i < n; ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return x[a] > x[b]; });
    for (size_t i = 0; i < k; ++i) {
      c.outputs[0].v[row * k + i] = x[order[i]];
      c.outputs[1].v[row * k + i] = static_cast<double>(order[i]);
    }
  }
}

const Register registered("TOPK_V2", draw, define);

}  // namespace
}  // namespace inkling::naive
