// ABS: |x|; integers go from the input's quantization to the output's.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  Case c = draw_unary(random, type, type);
  c.options = Options("AbsOptions");
  return c;
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &out = c.outputs[0];
  if (in.type == Type::float32) return define_unary(c, [](double x) { return std::abs(x); });
  const Factor factor = quantize_factor(double{in.scale()} / out.scale());
  define_unary(c, [&](double q) {
    return clamp(multiply(std::abs(centred(in, q)), factor) + out.zero_point(), lowest(out.type),
                 highest(out.type));
  });
}

const Register registered("ABS", draw, define);

}  // namespace
}  // namespace inkling::naive
