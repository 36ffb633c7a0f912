// LEAKY_RELU: x, or alpha * x where x is below zero; integers through factors formed in float.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  Case c = draw_unary(random, type, type);
  c.options = Options("LeakyReluOptions").set("alpha", random.one_of({0.2, 0.01, 1.5, -0.5, 0.0}));
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &out = c.outputs[0];
  const auto alpha = static_cast<float>(c.option("alpha"));
  if (in.type == Type::float32) return define_unary(c, [&](double x) { return x > 0 ? x : alpha * x; });
  const Factor above = quantize_factor(in.scale() / out.scale());
  const Factor below = quantize_factor(in.scale() * alpha / out.scale());
  define_unary(c, [&](double q) {
    const double x = centred(in, q);
    return clamp(multiply(x, x < 0 ? below : above) + out.zero_point(), lowest(out.type), highest(out.type));
  });
}

const Register registered("LEAKY_RELU", draw, define);

}  // namespace
}  // namespace inkling::naive
