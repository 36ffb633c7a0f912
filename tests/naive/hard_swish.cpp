// HARD_SWISH: x * clamp(x + 3, 0, 6) / 6; int8 with products of 16 bits.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int8, Type::float32});
  Case c = draw_unary(random, type, type);
  if (type == Type::int8)
    c.outputs[0].scales = {static_cast<float>(c.inputs[0].scale() * std::exp2(random.real(-6, 2)))};
  c.options = Options("HardSwishOptions");
  c.tolerance = 1e-5;
  return c;
}

// The upper 15 bits of a factor, rounded.
int32_t upper(Factor f) {
  return static_cast<int32_t>(std::min(32767.0, std::round(f.q / 65536.0)));
}

double limit16(double x) {
  return clamp(x, -32768, 32767);
}

// a * b / 2^15 to the nearest; halves go up.
double high_product(double a, double b) {
  return std::floor((a * b + 16384) / 32768);
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &out = c.outputs[0];
  if (in.type == Type::float32) return define_unary(c, [](double x) { return x * clamp(x + 3, 0, 6) / 6; });
  const float fine_scale = in.scale() / 128;
  const Factor to_output = quantize_factor(fine_scale / out.scale());
  const Factor to_gate = quantize_factor(fine_scale / (3.0f / 32768));
  define_unary(c, [&](double q) {
    const double x = centred(in, q) * 128;
    double gate = to_gate.shift > 0 ? limit16(std::ldexp(x, to_gate.shift - 1)) : x;
    gate = high_product(gate, upper(to_gate));
    if (to_gate.shift > 0) gate = limit16(2 * gate);
    if (to_gate.shift < 0) gate = divide_by_power(static_cast<int32_t>(gate), -to_gate.shift);
    gate = std::floor((gate + 32768) / 2);
    const double product = std::trunc(gate * high_product(x, upper(to_output)) / 32768);
    return clamp(divide_by_power(static_cast<int32_t>(product), -to_output.shift) + out.zero_point(), -128,
                 127);
  });
}

const Register registered("HARD_SWISH", draw, define);

}  // namespace
}  // namespace inkling::naive
