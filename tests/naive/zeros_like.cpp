// ZEROS_LIKE: as many zeros.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c;
  c.inputs = {movable(random, draw_shape(random))};
  c.outputs = {c.inputs[0]};
  fill(random, c.inputs[0]);
  c.options = Options("ZerosLikeOptions");
  return c;
}

const Register registered("ZEROS_LIKE", draw, [](Case& c) { define_unary(c, [](double) { return 0.0; }); });

}  // namespace
}  // namespace inkling::naive
