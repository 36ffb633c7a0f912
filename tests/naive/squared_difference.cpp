// SQUARED_DIFFERENCE: the square of the difference, on a common scale.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int8, Type::int16, Type::int32, Type::float32});
  const bool with_scales = bits_of(type) <= 16;
  Case c = draw_binary(random, type, type, with_scales);
  if (with_scales) {
    const double larger = std::max(c.inputs[0].scale(), c.inputs[1].scale());
    c.outputs[0].scales = {static_cast<float>(larger * larger * std::exp2(random.real(0, 16)))};
  }
  c.tolerance = 1e-5;
  c.options = Options("SquaredDifferenceOptions");
  return c;
}

void define(Case& c) {
  const Operand &a = c.inputs[0], &b = c.inputs[1];
  Operand& out = c.outputs[0];
  if (out.type == Type::float32)
    return define_binary(c, [](double x, double y) { return (x - y) * (x - y); });
  if (out.type == Type::int32)
    return define_binary(c, [](double x, double y) {
      const int64_t difference = shift_left(static_cast<int64_t>(x - y), 0);
      return shift_left(difference * difference, 0);
    });
  const int32_t left_shift = out.type == Type::int16 ? 0 : 7;
  const double twice_larger = 2 * double{std::max(a.scale(), b.scale())};
  const Factor of_a = quantize_factor(a.scale() / twice_larger),
               of_b = quantize_factor(b.scale() / twice_larger);
  const Factor of_out =
      quantize_factor(twice_larger * twice_larger / (std::ldexp(1.0, 2 * left_shift) * out.scale()));
  define_binary(c, [&](double x, double y) {
    const int64_t difference = int64_t{multiply(std::ldexp(centred(a, x), left_shift), of_a)} -
                               multiply(std::ldexp(centred(b, y), left_shift), of_b);
    const auto square = static_cast<double>(difference * difference);
    return clamp(multiply(square, of_out) + out.zero_point(), lowest(out.type), highest(out.type));
  });
}

const Register registered("SQUARED_DIFFERENCE", draw, define);

}  // namespace
}  // namespace inkling::naive
