// TANH: 8 bits in fixed point with 4 bits before the point, int16 as 2 logistic(2 x) - 1 by a table.
#include "tests/naive/fixed_point.h"
#include "tests/naive/sigmoid_table.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::uint8, Type::int16, Type::float32});
  Case c = type == Type::int16 ? draw_sigmoid16(random) : draw_unary(random, type, type);
  c.options = Options();
  c.tolerance = 1e-5;
  return c;
}

void define_int16(Case& c) {
  define_unary(c, [&](double q) {
    const int32_t place = table_place(q, c.inputs[0].scale(), 1);
    const int32_t value = on_table(std::abs(place), 8, 0xffff << 8) - (1 << 23);
    return ((place >= 0 ? value : -value - 1) + (1 << 7)) >> 8;
  });
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &out = c.outputs[0];
  if (in.type == Type::int16) return define_int16(c);
  if (in.type == Type::float32) return define_unary(c, [](double x) { return std::tanh(x); });
  const Factor to_q4 = quantize_factor(double{in.scale()} * std::ldexp(1.0, 27));
  const double radius = std::floor(15 * std::ldexp(1.0, 27 - to_q4.shift));
  const double low = lowest(out.type), high = highest(out.type), middle = (low + high + 1) / 2;
  define_unary(c, [&](double q) {
    const double x = centred(in, q);
    if (x <= -radius) return low;
    if (x >= radius) return high;
    const int32_t fixed_x = multiply(x, to_q4);
    if (fixed_x == 0) return middle;
    // (1 - e) / (1 + e) with e = exp(-2 |x|), by Newton's quotient 2 / (1 + e) in q2
    const int32_t e = exp_of_negative(-std::abs(fixed_x), 5);
    const auto half = static_cast<int32_t>((int64_t{e} + INT32_MAX + 1) / 2);
    int32_t y = fixed(48.0 / 17, 2) + doubling_high(half, fixed(-32.0 / 17, 2));
    for (int32_t i = 0; i < 3; ++i)
      y += scale_by_power(doubling_high(y, fixed(1, 2) - doubling_high(half, y)), 2);
    const int32_t result = scale_by_power(y - fixed(1, 2), 2);
    return clamp(divide_by_power(fixed_x < 0 ? -result : result, 24) + middle, low, high);
  });
}

const Register registered("TANH", draw, define);

}  // namespace
}  // namespace inkling::naive
