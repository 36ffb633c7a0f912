// PRELU: x, or alpha * x where x is below zero.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  Case c = draw_binary(random, type, type, type != Type::float32);
  if (type == Type::int16) {  // alpha is int8 all the same
    c.inputs[1] = quantized(random, Type::int8, c.inputs[1].shape, draw_scale(random));
    fill(random, c.inputs[1]);
  }
  if (type != Type::float32)
    c.outputs[0].scales = {static_cast<float>(c.inputs[0].scale() * std::exp2(random.real(-2, 4)))};
  c.options = Options();
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &alpha = c.inputs[1], &out = c.outputs[0];
  if (in.type == Type::float32)
    return define_binary(c, [](double x, double slope) { return x < 0 ? x * slope : x; });
  const Factor above = quantize_factor(double{in.scale()} / out.scale());
  const Factor below = quantize_factor(double{in.scale()} * alpha.scale() / out.scale());
  define_binary(c, [&](double q, double slope) {
    const double x = centred(in, q);
    const double y = x < 0 ? multiply(x * centred(alpha, slope), below) : multiply(x, above);
    return clamp(y + out.zero_point(), lowest(out.type), highest(out.type));
  });
}

const Register registered("PRELU", draw, define);

}  // namespace
}  // namespace inkling::naive
