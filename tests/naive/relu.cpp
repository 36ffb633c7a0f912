// RELU: max(x, 0); integers go from the input's quantization to the output's.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  Case c = draw_unary(random, type, type);
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  const Operand& out = c.outputs[0];
  if (out.type == Type::float32) return define_unary(c, [](double x) { return std::max(x, 0.0); });
  define_unary(c, [&](double x) { return clamp(rescale(c, x), out.zero_point(), highest(out.type)); });
}

const Register registered("RELU", draw, define);

}  // namespace
}  // namespace inkling::naive
