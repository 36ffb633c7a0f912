// RELU6: x limited to [0, 6]; integers keep their quantization.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  Case c = draw_unary(random, type, type);
  if (type == Type::float32) {
    c.inputs[0].high = 12;
    fill(random, c.inputs[0]);
  }
  c.outputs[0] = c.inputs[0];
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  const Bounds bounds = activation_bounds(3, c.outputs[0]);
  define_unary(c, [&](double x) { return clamp(x, bounds.low, bounds.high); });
}

const Register registered("RELU6", draw, define);

}  // namespace
}  // namespace inkling::naive
