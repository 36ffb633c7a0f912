// LOGISTIC: 1 / (1 + exp(-x)), floats below -9 exp(x); 8 bits in fixed point with 4 bits before the point,
// int16 by a table.
#include "tests/naive/fixed_point.h"
#include "tests/naive/sigmoid_table.h"

namespace inkling::naive {
namespace {

constexpr int32_t kIntegerBits = 4;

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::uint8, Type::int16, Type::float32});
  Case c = type == Type::int16 ? draw_sigmoid16(random) : draw_unary(random, type, type);
  if (bits_of(type) == 8) {
    c.outputs[0].scales = {1.0f / 256};
    c.outputs[0].zero_points = {static_cast<int64_t>(lowest(type))};
  } else if (type == Type::float32) {
    c.inputs[0].low = -(c.inputs[0].high = random.one_of({4, 30, 200}));
    fill(random, c.inputs[0]);
  }
  c.options = Options();
  c.tolerance = 1e-5;
  return c;
}

void define_int16(Case& c) {
  define_unary(c, [&](double q) {
    const int32_t place = table_place(q, c.inputs[0].scale(), 0);
    const int32_t value = on_table(std::abs(place), 9, 0x7fff << 10);
    return (place >= 0 ? value + (1 << 9) : (1 << 25) - value + (1 << 9) - 1) >> 10;
  });
}

void define(Case& c) {
  if (c.inputs[0].type == Type::int16) return define_int16(c);
  if (c.inputs[0].type == Type::float32) return define_unary(c, real_logistic);
  const double low = lowest(c.inputs[0].type), high = highest(c.inputs[0].type);
  const Factor to_q4 = quantize_factor(double{c.inputs[0].scale()} * std::ldexp(1.0, 31 - kIntegerBits));
  const double radius = std::floor(15 * std::ldexp(1.0, 31 - kIntegerBits - to_q4.shift));
  define_unary(c, [&](double q) {
    const double x = centred(c.inputs[0], q);
    if (x <= -radius) return low;
    if (x >= radius) return high;
    const int32_t fixed_x = multiply(x, to_q4);
    const int32_t of_positive = reciprocal_of_one_plus(exp_of_negative(-std::abs(fixed_x), kIntegerBits));
    const int32_t result = fixed_x == 0 ? 1 << 30 : fixed_x > 0 ? of_positive : INT32_MAX - of_positive;
    return clamp(divide_by_power(result, 23) + low, low, high);
  });
}

const Register registered("LOGISTIC", draw, define);

}  // namespace
}  // namespace inkling::naive
