// LOG_SOFTMAX: x - max - log(sum(exp(x - max))). Where nearly all of the sum is one number, that difference
// of floats keeps few digits.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c = draw_unary(random, Type::float32, Type::float32);
  c.options = Options("LogSoftmaxOptions");
  c.tolerance = 1e-3;
  return c;
}

void define(Case& c) {
  const std::vector<double>& x = c.inputs[0].v;
  const auto depth = static_cast<size_t>(c.inputs[0].shape.back());
  for (size_t row = 0; row < x.size(); row += depth) {
    const double largest = *std::max_element(&x[row], &x[row] + depth);
    double sum = 0;
    for (size_t i = row; i < row + depth; ++i) sum += std::exp(x[i] - largest);
    for (size_t i = row; i < row + depth; ++i) c.outputs[0].v[i] = x[i] - largest - std::log(sum);
  }
}

const Register registered("LOG_SOFTMAX", draw, define);

}  // namespace
}  // namespace inkling::naive
