// EXP, ELU and GELU: functions of real numbers, on int8 by what the numbers stand for, in float as the
// reference.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random, Options options) {
  const Type type = random.one_of({Type::int8, Type::float32});
  Case c = draw_unary(random, type, type);
  if (type == Type::int8) c.inputs[0].scales = {static_cast<float>(std::exp2(random.real(-8, -4)))};
  c.options = std::move(options);
  c.tolerance = 2e-5;
  return c;
}

template <class F>
void define(Case& c, F f) {
  const Operand &in = c.inputs[0], &out = c.outputs[0];
  if (in.type == Type::float32) return define_unary(c, f);
  const float inverse = 1 / out.scale();
  define_unary(c, [&](double q) {
    const auto y = static_cast<float>(f(in.scale() * static_cast<float>(q - in.zero_point())));
    return clamp(std::round(y * inverse) + out.zero_point(), -128, 127);
  });
}

const Register exp(
    "EXP", [](Random& random) { return draw(random, Options("ExpOptions")); },
    [](Case& c) { define(c, [](double x) { return std::exp(x); }); });
const Register elu(
    "ELU", [](Random& random) { return draw(random, Options()); },
    [](Case& c) { define(c, [](double x) { return x < 0 ? std::expm1(x) : x; }); });
const Register gelu(
    "GELU",
    [](Random& random) {
      return draw(random, Options("GeluOptions").set("approximate", random.one_in(2) ? 1 : 0));
    },
    [](Case& c) {
      if (c.option("approximate") == 0)
        return define(c, [](double x) { return x * 0.5 * std::erfc(-x * std::sqrt(0.5)); });
      define(c, [](double x) {
        return 0.5 * x * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
      });
    });

}  // namespace
}  // namespace inkling::naive
