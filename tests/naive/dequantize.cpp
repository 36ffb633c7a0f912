// DEQUANTIZE: scale * (q - zero_point).
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c = draw_unary(random, random.one_of({Type::int8, Type::uint8, Type::int16}), Type::float32);
  c.options = Options("DequantizeOptions");
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  define_unary(c, [&](double q) { return c.inputs[0].scale() * centred(c.inputs[0], q); });
}

const Register registered("DEQUANTIZE", draw, define);

}  // namespace
}  // namespace inkling::naive
