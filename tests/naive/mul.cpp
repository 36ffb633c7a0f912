// MUL: the product of both numbers; quantized, one factor leads to the output.
#include "tests/naive/arithmetic.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type =
      random.one_of({Type::int8, Type::int8, Type::uint8, Type::int16, Type::int32, Type::float32});
  const bool with_scales = bits_of(type) <= 16;
  Case c = draw_binary(random, type, type, with_scales);
  if (with_scales) {
    const double product = double{c.inputs[0].scale()} * c.inputs[1].scale();
    c.outputs[0].scales = {static_cast<float>(product * std::exp2(random.real(-1, 14)))};
  }
  c.tolerance = 1e-5;
  c.options = Options("MulOptions").set("fused_activation_function", draw_activation(random));
  return c;
}

void define(Case& c) {
  if (define_plain(c, [](auto x, auto y) { return x * y; })) return;
  const Operand &a = c.inputs[0], &b = c.inputs[1], &out = c.outputs[0];
  const Bounds bounds = activation_bounds(c.option("fused_activation_function"), out);
  const Factor factor = quantize_factor(double{a.scale()} * b.scale() / out.scale());
  define_binary(c, [&](double x, double y) {
    const double product = centred(a, x) * centred(b, y);
    return clamp(multiply(product, factor) + out.zero_point(), bounds.low, bounds.high);
  });
}

const Register registered("MUL", draw, define);

}  // namespace
}  // namespace inkling::naive
