// FLOOR_DIV, the quotient rounded down, and FLOOR_MOD, what is left then.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

Case draw(Random& random, const char* options) {
  const Type type = random.one_of({Type::int32, Type::float32});
  Case c = draw_binary(random, type, type, false);
  for (double& x : c.inputs[1].v)
    if (x == 0) x = 3;
  c.options = Options(options);
  c.tolerance = 1e-5;
  return c;
}

double floor_quotient(double x, double y) {
  return std::floor(x / y);
}
double floor_remainder(double x, double y) {
  const double rest = std::fmod(x, y);
  return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
}

const Register floor_div(
    "FLOOR_DIV", [](Random& random) { return draw(random, "FloorDivOptions"); },
    [](Case& c) { define_binary(c, floor_quotient); });
const Register floor_mod(
    "FLOOR_MOD", [](Random& random) { return draw(random, "FloorModOptions"); },
    [](Case& c) { define_binary(c, floor_remainder); });

}  // namespace
}  // namespace inkling::naive
