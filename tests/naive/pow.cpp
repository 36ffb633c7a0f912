// POW: x to the power y.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int32, Type::float32});
  Case c = draw_binary(random, type, type, false);
  Operand &x = c.inputs[0], &y = c.inputs[1];
  const bool whole = type == Type::int32 || random.one_in(2);
  x.low = whole ? -9 : 0.125;
  x.high = 9;
  y.low = type == Type::int32 ? 0 : -6;
  y.high = 9;
  fill(random, x);
  fill(random, y);
  if (whole)
    for (double& exponent : y.v) exponent = std::round(exponent);
  for (double& base : x.v)
    if (base == 0) base = 1;
  c.options = Options("PowOptions");
  c.tolerance = 1e-5;
  return c;
}

const Register registered("POW", draw, [](Case& c) {
  define_binary(c, [](double x, double y) { return std::pow(x, y); });
});

}  // namespace
}  // namespace inkling::naive
