// ADD_N: the sum of tensors of one shape.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::float32});
  Case c = draw_unary(random, type, type);
  for (int32_t i = random.integer(1, 4); i > 0; --i) {
    c.inputs.push_back(c.inputs[0]);
    fill(random, c.inputs.back());
  }
  if (type == Type::int8)
    c.outputs[0].scales = {static_cast<float>(c.inputs[0].scale() * std::exp2(random.real(-6, 4)))};
  c.options = Options("AddNOptions");
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  Operand& out = c.outputs[0];
  const bool real = out.type == Type::float32;
  const Factor half = {1 << 30, 0};
  const Factor of_out =
      real ? Factor{} : quantize_factor(2 * double{in.scale()} / (std::ldexp(1.0, 20) * out.scale()));
  for (size_t i = 0; i < out.v.size(); ++i) {
    // The reference's sum starts with what 0 stands for, not with nothing.
    double sum = real ? 0 : multiply(std::ldexp(-in.zero_point(), 20), half);
    for (const Operand& t : c.inputs)
      sum += real ? t.v[i] : multiply(std::ldexp(centred(t, t.v[i]), 20), half);
    const double q =
        real ? sum : multiply(shift_left(static_cast<int64_t>(sum), 0), of_out) + out.zero_point();
    out.v[i] = real ? sum : clamp(q, -128, 127);
  }
}

const Register registered("ADD_N", draw, define);

}  // namespace
}  // namespace inkling::naive
