// ADD: both inputs at half the larger scale with extra bits, summed, brought to the output's scale.
#include "tests/naive/arithmetic.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type =
      random.one_of({Type::int8, Type::int8, Type::uint8, Type::int16, Type::int32, Type::float32});
  const bool with_scales = bits_of(type) <= 16;
  Case c = draw_binary(random, type, type, with_scales);
  if (with_scales) {  // an output scale that keeps the reference's last factor below 1
    const float larger = std::max(c.inputs[0].scale(), c.inputs[1].scale());
    c.outputs[0].scales = {static_cast<float>(larger * std::exp2(random.real(-6, 4)))};
  }
  c.tolerance = 1e-5;
  c.options = Options("AddOptions")
                  .set("fused_activation_function", type == Type::int32 ? 0 : draw_activation(random));
  return c;
}

void define(Case& c) {
  if (define_plain(c, [](auto x, auto y) { return x + y; })) return;
  const Operand &a = c.inputs[0], &b = c.inputs[1], &out = c.outputs[0];
  const Bounds bounds = activation_bounds(c.option("fused_activation_function"), out);
  const int32_t left_shift = out.type == Type::int16 ? 15 : 20;
  const double twice_larger = 2 * double{std::max(a.scale(), b.scale())};
  const Factor to_common_a = quantize_factor(a.scale() / twice_larger);
  const Factor to_common_b = quantize_factor(b.scale() / twice_larger);
  const Factor to_output = quantize_factor(twice_larger / (std::ldexp(1.0, left_shift) * out.scale()));
  define_binary(c, [&](double x, double y) {
    const auto common = [&](const Operand& t, double value, Factor factor) {
      return multiply(shift_left(static_cast<int64_t>(centred(t, value)), left_shift), factor);
    };
    const int32_t sum = common(a, x, to_common_a) + common(b, y, to_common_b);
    return clamp(multiply(sum, to_output) + out.zero_point(), bounds.low, bounds.high);
  });
}

const Register registered("ADD", draw, define);

}  // namespace
}  // namespace inkling::naive
