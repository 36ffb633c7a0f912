// CAST: the same number in another type; fractions are cut, integers wrap.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const std::vector<Type> types = {Type::float32, Type::boolean, Type::int8,   Type::uint8,
                                   Type::int16,   Type::int32,   Type::uint32, Type::int64};
  const auto any = [&] {
    return types[static_cast<size_t>(random.integer(0, static_cast<int64_t>(types.size()) - 1))];
  };
  Case c;
  c.inputs = {tensor(any(), draw_shape(random))};
  c.outputs = {tensor(any(), c.inputs[0].shape)};
  Operand& in = c.inputs[0];
  if (in.type == Type::float32) in.low = -(in.high = random.one_of({4, 1000, 1000000}));
  if (in.type == Type::uint32) in.low = 0, in.high = 2147483647;
  if (in.type == Type::int64) in.low = -(in.high = 2147483647);
  fill(random, in);
  for (double& x : in.v) x *= in.type == Type::uint32 ? 2 : in.type == Type::int64 ? 1000 : 1;
  c.options = Options("CastOptions");
  c.tolerance = 1e-6;
  return c;
}

void define(Case& c) {
  const Type to = c.outputs[0].type;
  define_unary(c, [&](double x) {
    if (to == Type::float32) return x;
    if (to == Type::boolean) return x == 0 ? 0.0 : 1.0;
    const double modulus = std::exp2(bits_of(to)), whole = std::trunc(x);
    if (bits_of(to) == 64) return whole;
    const double low = to == Type::uint32 || to == Type::uint8 ? 0 : -modulus / 2;
    return whole - modulus * std::floor((whole - low) / modulus);
  });
}

const Register registered("CAST", draw, define);

}  // namespace
}  // namespace inkling::naive
