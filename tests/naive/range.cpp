// RANGE: from a start in equal steps.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int32, Type::float32});
  const int32_t n = random.integer(1, 20), unit = type == Type::float32 ? 8 : 1;
  const double start = random.integer(-100, 100), step = random.one_of({-7, -3, -1, 1, 2, 11});
  const double limit = start + n * step;
  Case c;
  for (const double number : {start, limit, step}) {
    c.inputs.push_back(tensor(type, {}));
    c.inputs.back().v = {number / unit};
  }
  c.outputs = {tensor(type, {n})};
  return c;
}

void define(Case& c) {
  for (size_t i = 0; i < c.outputs[0].v.size(); ++i)
    c.outputs[0].v[i] = c.inputs[0].v[0] + static_cast<double>(i) * c.inputs[2].v[0];
}

const Register registered("RANGE", draw, define);

}  // namespace
}  // namespace inkling::naive
