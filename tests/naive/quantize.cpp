// QUANTIZE: real numbers to integers, or from one quantization to another.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

struct Pair {
  Type from, to;
};

Case draw(Random& random) {
  const Pair pair = random.one_of<Pair>({{Type::float32, Type::int8},
                                         {Type::float32, Type::uint8},
                                         {Type::float32, Type::int16},
                                         {Type::uint8, Type::uint8},
                                         {Type::int8, Type::int8},
                                         {Type::int8, Type::uint8},
                                         {Type::uint8, Type::int8},
                                         {Type::int8, Type::int16},
                                         {Type::int8, Type::int32},
                                         {Type::int16, Type::int8},
                                         {Type::int16, Type::int16},
                                         {Type::int16, Type::int32},
                                         {Type::int32, Type::int8},
                                         {Type::int32, Type::int16}});
  Case c = draw_unary(random, pair.from, pair.to);
  c.options = Options("QuantizeOptions");
  return c;
}

void define(Case& c) {
  const Operand& out = c.outputs[0];
  if (c.inputs[0].type != Type::float32)
    return define_unary(c,
                        [&](double x) { return clamp(rescale(c, x), lowest(out.type), highest(out.type)); });
  define_unary(c, [&](double x) {
    const float steps = static_cast<float>(x) / out.scale();
    return clamp(std::round(steps) + out.zero_point(), lowest(out.type), highest(out.type));
  });
}

const Register registered("QUANTIZE", draw, define);

}  // namespace
}  // namespace inkling::naive
