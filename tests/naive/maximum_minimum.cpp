// MAXIMUM and MINIMUM: the larger or smaller of two numbers, whatever they stand for.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::int32, Type::int64, Type::float32});
  Case c = draw_binary(random, type, type, false);
  c.options = Options("MaximumMinimumOptions");
  if (type == Type::int64)
    for (Operand& input : c.inputs) {
      input.low = -(input.high = 1 << random.integer(2, 30));
      fill(random, input);
      for (double& x : input.v) x *= 1 << 22;
    }
  return c;
}

const Register maximum("MAXIMUM", draw,
                       [](Case& c) { define_binary(c, [](double x, double y) { return std::max(x, y); }); });
const Register minimum("MINIMUM", draw,
                       [](Case& c) { define_binary(c, [](double x, double y) { return std::min(x, y); }); });

}  // namespace
}  // namespace inkling::naive
