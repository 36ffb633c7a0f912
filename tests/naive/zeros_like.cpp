// ZEROS_LIKE: as many zeros.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c;
  c.inputs = {
      tensor(random.one_of({Type::int8, Type::int16, Type::int32, Type::float32}), draw_shape(random))};
  c.outputs = {c.inputs[0]};
  fill(random, c.inputs[0]);
  c.options = Options("ZerosLikeOptions");
  return c;
}

const Register registered("ZEROS_LIKE", draw, [](Case& c) { define_unary(c, [](double) { return 0.0; }); });

}  // namespace
}  // namespace inkling::naive
