// LOGICAL_AND, LOGICAL_OR and LOGICAL_NOT.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c = draw_binary(random, Type::boolean, Type::boolean, false);
  c.options = Options();
  return c;
}

Case draw_not(Random& random) {
  Case c;
  c.inputs = {tensor(Type::boolean, draw_shape(random))};
  c.outputs = {c.inputs[0]};
  fill(random, c.inputs[0]);
  c.options = Options();
  return c;
}

const Register logical_and("LOGICAL_AND", draw,
                           [](Case& c) { define_binary(c, [](double x, double y) { return x * y; }); });
const Register logical_or("LOGICAL_OR", draw, [](Case& c) {
  define_binary(c, [](double x, double y) { return std::max(x, y); });
});
const Register logical_not("LOGICAL_NOT", draw_not,
                           [](Case& c) { define_unary(c, [](double x) { return 1 - x; }); });

}  // namespace
}  // namespace inkling::naive
