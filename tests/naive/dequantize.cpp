// DEQUANTIZE: scale * (q - zero_point); float16 as it is.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

// Numbers with 11 bits of any exponent that float16 has, subnormal ones among them.
void draw_halves(Random& random, Operand& t) {
  t.type = Type::float16;
  for (double& x : t.v) {
    const int32_t exponent = random.integer(-14, 15);
    const bool is_subnormal = random.one_in(4);
    const int32_t mantissa = random.integer(0, 1023) + (is_subnormal ? 0 : 1024);
    x = std::ldexp(random.one_in(2) ? mantissa : -mantissa, (is_subnormal ? -14 : exponent) - 10);
  }
}

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::uint8, Type::int16, Type::float16});
  Case c = draw_unary(random, type == Type::float16 ? Type::float32 : type, Type::float32);
  if (type == Type::float16) draw_halves(random, c.inputs[0]);
  c.options = Options("DequantizeOptions");
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  if (c.inputs[0].type == Type::float16) return define_unary(c, [](double x) { return x; });
  define_unary(c, [&](double q) { return c.inputs[0].scale() * centred(c.inputs[0], q); });
}

const Register registered("DEQUANTIZE", draw, define);

}  // namespace
}  // namespace inkling::naive
