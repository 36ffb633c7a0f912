// RSQRT: 1 / sqrt(x); integers through a root to 20 bits behind the point.
#include "tests/naive/elementwise.h"
#include "tests/naive/inverse_root.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  Case c = draw_unary(random, type, type);
  Operand& in = c.inputs[0];
  in.low = type == Type::float32 ? 0.125 : in.zero_point();  // nothing below zero has a root
  in.high = type == Type::float32 ? 100 : in.high;
  fill(random, in);
  c.options = Options();
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &out = c.outputs[0];
  if (in.type == Type::float32) return define_unary(c, [](double x) { return 1 / std::sqrt(x); });
  const Factor factor = quantize_factor(1 / (std::sqrt(double{in.scale()}) * out.scale()));
  define_unary(c, [&](double q) {
    const auto x = static_cast<int32_t>(centred(in, q));
    if (x == 0) return highest(out.type);
    const Factor root = inverse_root(x);
    const int32_t q20 = multiply(1, {root.q, root.shift + 20});
    const int32_t y = multiply(q20, {factor.q, factor.shift - 20});
    return clamp(y + out.zero_point(), lowest(out.type), highest(out.type));
  });
}

const Register registered("RSQRT", draw, define);

}  // namespace
}  // namespace inkling::naive
