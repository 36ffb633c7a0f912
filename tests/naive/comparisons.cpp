// EQUAL, LESS and the other comparisons; quantized numbers by what they stand for, 8 bits behind the point.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

Case draw(Random& random, const char* options) {
  const Type type = random.one_of({Type::int8, Type::int8, Type::uint8, Type::int16, Type::int32, Type::int64,
                                   Type::float32, Type::boolean});
  const bool with_scales = bits_of(type) <= 16 && type != Type::boolean && random.one_in(2);
  Case c = draw_binary(random, type, type, with_scales);
  if (type == Type::int64 || !with_scales) {  // often equal
    for (Operand& input : c.inputs) {
      input.low = is_unsigned(type) ? 0 : -2;
      input.high = type == Type::boolean ? 1 : 2;
      fill(random, input);
    }
  }
  if (with_scales) {
    for (Operand& input : c.inputs) input.scales = {static_cast<float>(std::exp2(random.real(-10, -0.01)))};
    if (random.one_in(2)) c.inputs[1].scales = c.inputs[0].scales;
  }
  const Operand shape = c.outputs[0];
  c.outputs[0] = tensor(Type::boolean, shape.shape);
  c.options = Options(options);
  return c;
}

void define(Case& c, bool (*holds)(double, double)) {
  const Operand &a = c.inputs[0], &b = c.inputs[1];
  if (a.scales.empty()) return define_binary(c, [&](double x, double y) { return holds(x, y) ? 1.0 : 0.0; });
  const Factor of_a = quantize_factor(a.scale()), of_b = quantize_factor(b.scale());
  define_binary(c, [&](double x, double y) {
    return holds(multiply(256 * centred(a, x), of_a), multiply(256 * centred(b, y), of_b)) ? 1.0 : 0.0;
  });
}

const Register equal(
    "EQUAL", [](Random& random) { return draw(random, "EqualOptions"); },
    [](Case& c) { define(c, [](double x, double y) { return x == y; }); });
const Register not_equal(
    "NOT_EQUAL", [](Random& random) { return draw(random, "NotEqualOptions"); },
    [](Case& c) { define(c, [](double x, double y) { return x != y; }); });
const Register greater(
    "GREATER", [](Random& random) { return draw(random, "GreaterOptions"); },
    [](Case& c) { define(c, [](double x, double y) { return x > y; }); });
const Register greater_equal(
    "GREATER_EQUAL", [](Random& random) { return draw(random, "GreaterEqualOptions"); },
    [](Case& c) { define(c, [](double x, double y) { return x >= y; }); });
const Register less(
    "LESS", [](Random& random) { return draw(random, "LessOptions"); },
    [](Case& c) { define(c, [](double x, double y) { return x < y; }); });
const Register less_equal(
    "LESS_EQUAL", [](Random& random) { return draw(random, "LessEqualOptions"); },
    [](Case& c) { define(c, [](double x, double y) { return x <= y; }); });

}  // namespace
}  // namespace inkling::naive
