// SUB: as ADD with a difference; its factors are formed in float.
#include "tests/naive/arithmetic.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type =
      random.one_of({Type::int8, Type::int8, Type::uint8, Type::int16, Type::int32, Type::float32});
  const bool with_scales = bits_of(type) <= 16;
  Case c = draw_binary(random, type, type, with_scales);
  if (with_scales) {
    const float larger = std::max(c.inputs[0].scale(), c.inputs[1].scale());
    c.outputs[0].scales = {static_cast<float>(larger * std::exp2(random.real(-6, 4)))};
  }
  c.tolerance = 1e-5;
  c.options = Options("SubOptions").set("fused_activation_function", draw_activation(random));
  return c;
}

void define(Case& c) {
  if (define_plain(c, [](auto x, auto y) { return x - y; })) return;
  const Operand &a = c.inputs[0], &b = c.inputs[1], &out = c.outputs[0];
  const Bounds bounds = activation_bounds(c.option("fused_activation_function"), out);
  const int32_t left_shift = out.type == Type::int16 ? 15 : 20;
  const float twice_larger = 2 * std::max(a.scale(), b.scale());
  const Factor of_a = quantize_factor(a.scale() / twice_larger),
               of_b = quantize_factor(b.scale() / twice_larger);
  const Factor of_out = quantize_factor(twice_larger / (static_cast<float>(1 << left_shift) * out.scale()));
  define_binary(c, [&](double x, double y) {
    const int32_t common_x = multiply(shift_left(static_cast<int64_t>(centred(a, x)), left_shift), of_a);
    const int32_t common_y = multiply(shift_left(static_cast<int64_t>(centred(b, y)), left_shift), of_b);
    return clamp(multiply(common_x - common_y, of_out) + out.zero_point(), bounds.low, bounds.high);
  });
}

const Register registered("SUB", draw, define);

}  // namespace
}  // namespace inkling::naive
