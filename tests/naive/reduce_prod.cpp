// REDUCE_PROD: all numbers multiplied.
#include "tests/naive/reduction.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int32, Type::float32});
  Operand in = tensor(type, {});
  in.low = type == Type::int32 ? -1 : 0.5;
  in.high = type == Type::int32 ? 1 : 1.25;
  Case c = draw_reduction(random, in, type);
  c.tolerance = 1e-4;
  return c;
}

void define(Case& c) {
  define_reduction(c, [](const std::vector<double>& values) {
    double product = 1;
    for (const double x : values) product *= x;
    return product;
  });
}

const Register registered("REDUCE_PROD", draw, define);

}  // namespace
}  // namespace inkling::naive
