// RELU_N1_TO_1 and RELU_0_TO_1: x limited; integers go from the input's quantization to the output's.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  Case c = draw_unary(random, type, type);
  c.options = Options();
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c, float low, float high) {
  const Operand& out = c.outputs[0];
  if (out.type == Type::float32) return define_unary(c, [&](double x) { return clamp(x, low, high); });
  const auto bound = [&](float real) {
    return clamp(std::round(real / out.scale()) + out.zero_point(), lowest(out.type), highest(out.type));
  };
  define_unary(c, [&](double x) { return clamp(rescale(c, x), bound(low), bound(high)); });
}

const Register relu_n1_to_1("RELU_N1_TO_1", draw, [](Case& c) { define(c, -1, 1); });
const Register relu_0_to_1("RELU_0_TO_1", draw, [](Case& c) { define(c, 0, 1); });

}  // namespace
}  // namespace inkling::naive
