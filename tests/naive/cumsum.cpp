// CUMSUM: along an axis the sum of all numbers up to each, or before it, from either end. int8: numbers with
// 20 more bits in units of two input steps; sums start at the negative zero point and wrap.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int32, Type::float32});
  const Index shape = draw_shape(random);
  const double scale = draw_scale(random);
  Case c;
  c.inputs = {type == Type::int8 ? quantized(random, type, shape, scale) : tensor(type, shape)};
  fill(random, c.inputs[0]);
  const int32_t axis = random.integer(0, rank_of(shape) - 1);
  c.inputs.push_back(constant(list(random, {draw_sign(random, axis, rank_of(shape))})));
  c.outputs = {type == Type::int8 ? quantized(random, type, shape, scale * std::exp2(random.real(0, 4)))
                                  : tensor(type, shape)};
  c.options = Options("CumsumOptions").set("exclusive", random.one_in(2));
  c.options.set("reverse", random.one_in(2));
  return c;
}

int32_t wrap(double x) {
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<int64_t>(x)));
}

// What is added for x, what the sum starts with, and what a sum means in the output.
double summand(const Case& c, double x) {
  const Operand& in = c.inputs[0];
  return in.type == Type::int8 ? multiply((x - in.zero_point()) * (1 << 20), {1 << 30, 0}) : x;
}
double result(const Case& c, double sum) {
  const Operand &in = c.inputs[0], &out = c.outputs[0];
  if (in.type != Type::int8) return in.type == Type::int32 ? wrap(sum) : sum;
  const Factor factor = quantize_factor(2.0 * in.scale() / ((1 << 20) * double{out.scale()}));
  return clamp(multiply(wrap(sum), factor) + out.zero_point(), -128, 127);
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  const auto axis = static_cast<size_t>(from_front(c.inputs[1].v[0], in.shape.size()));
  define_each(c.outputs[0], [&](const Index& index) {
    double sum = in.type == Type::int8 ? summand(c, 0) : 0;
    Index at = index;
    for (at[axis] = 0; at[axis] < in.shape[axis]; ++at[axis]) {
      const int32_t ahead = c.option("reverse") != 0 ? at[axis] - index[axis] : index[axis] - at[axis];
      if (ahead >= c.option("exclusive")) sum += summand(c, in.at(at));
    }
    return result(c, sum);
  });
}

const Register registered("CUMSUM", draw, define);

}  // namespace
}  // namespace inkling::naive
