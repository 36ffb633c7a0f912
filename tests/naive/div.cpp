// DIV: the quotient; integers round towards zero; int8 multiplies by a reciprocal in fixed point.
#include "tests/naive/arithmetic.h"
#include "tests/naive/fixed_point.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int8, Type::uint8, Type::int32, Type::float32});
  const bool with_scales = bits_of(type) == 8;
  Case c = draw_binary(random, type, type, with_scales);
  if (with_scales)
    c.outputs[0].scales = {c.inputs[0].scale() / c.inputs[1].scale() *
                           static_cast<float>(std::exp2(random.real(-7, 2)))};
  const double zero = with_scales ? c.inputs[1].zero_point() : 0;
  for (double& x : c.inputs[1].v)  // nothing is divided by zero
    if (x == zero) x = zero < 100 ? zero + 1 : zero - 1;
  c.tolerance = 1e-5;
  c.options = Options("DivOptions").set("fused_activation_function", draw_activation(random));
  return c;
}

void define(Case& c) {
  if (define_plain(c, [](auto x, auto y) { return x / y; })) return;
  const Operand &a = c.inputs[0], &b = c.inputs[1], &out = c.outputs[0];
  const Bounds bounds = activation_bounds(c.option("fused_activation_function"), out);
  const Factor factor = quantize_factor(a.scale() / (b.scale() * out.scale()));
  define_binary(c, [&](double qx, double qy) {
    const double sign = centred(b, qy) < 0 ? -1 : 1;
    const auto x = static_cast<int32_t>(sign * centred(a, qx));
    const auto y = static_cast<int32_t>(sign * centred(b, qy));
    int32_t bits = 0;  // y is 2^bits times a number in [1, 2)
    while (y >> (bits + 1)) ++bits;
    const int32_t beyond_one =
        static_cast<int32_t>((static_cast<int64_t>(y) << (31 - bits)) - (int64_t{1} << 31));
    int32_t headroom = 31;
    while (headroom > 0 &&
           (std::ldexp(x, headroom) >= 2147483648.0 || std::ldexp(x, headroom) < -2147483648.0))
      --headroom;
    if (x != 0 && x == -(1 << (31 - headroom))) --headroom;  // a power of two below zero keeps one bit back
    const int32_t share = doubling_high(shift_left(x, headroom), reciprocal_of_one_plus(beyond_one));
    const int32_t right = bits + headroom - factor.shift;
    const double quotient = right > 31 ? 0 : divide_by_power(doubling_high(share, factor.q), right);
    return clamp(quotient + out.zero_point(), bounds.low, bounds.high);
  });
}

const Register registered("DIV", draw, define);

}  // namespace
}  // namespace inkling::naive
