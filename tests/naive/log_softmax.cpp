// LOG_SOFTMAX: x - max - log(sum(exp(x - max))). Where nearly all of the sum is one number, that difference
// of floats keeps few digits. int8: exponents and logarithm with 5 bits before the point, the sum with 12.
#include "tests/naive/elementwise.h"
#include "tests/naive/fixed_point.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::float32});
  Case c = draw_unary(random, type, type);
  if (type == Type::int8) {
    c.outputs[0].scales = {1.0f / 16};
    c.outputs[0].zero_points = {127};
  }
  c.options = Options("LogSoftmaxOptions");
  c.tolerance = 1e-3;
  return c;
}

void define_int8_row(const double* x, double* out, int32_t depth, float scale) {
  const Factor to_q5 = quantize_factor(std::min(double{scale} * (1 << 26), 2147483647.0));
  const Factor from_q5 = quantize_factor(static_cast<double>(1 << (31 - to_q5.shift)) / to_q5.q);
  const double largest = *std::max_element(x, x + depth);
  const double reach = -std::floor(std::ldexp(31, 26 - to_q5.shift));
  int32_t sum = 0;
  for (int32_t i = 0; i < depth; ++i)
    if (x[i] - largest >= reach)
      sum += scale_by_power(exp_of_negative(multiply(x[i] - largest, to_q5), 5), -12);
  const int32_t log_sum = log_of_at_least_one(sum, 12, 5);
  const double smallest = std::max(reach - 1, double{1} * multiply(double{1} * log_sum + INT32_MIN, from_q5));
  for (int32_t i = 0; i < depth; ++i) {
    const int32_t below = shift_left(int64_t{multiply(x[i] - largest, to_q5)} - log_sum, 0);
    out[i] = x[i] - largest > smallest ? clamp(divide_by_power(below, 22) + 127, -128, 127) : -128;
  }
}

void define(Case& c) {
  const std::vector<double>& x = c.inputs[0].v;
  const auto depth = static_cast<size_t>(c.inputs[0].shape.back());
  for (size_t row = 0; row < x.size(); row += depth) {
    if (c.inputs[0].type == Type::int8) {
      define_int8_row(&x[row], &c.outputs[0].v[row], static_cast<int32_t>(depth), c.inputs[0].scale());
      continue;
    }
    const double largest = *std::max_element(&x[row], &x[row] + depth);
    double sum = 0;
    for (size_t i = row; i < row + depth; ++i) sum += std::exp(x[i] - largest);
    for (size_t i = row; i < row + depth; ++i) c.outputs[0].v[i] = x[i] - largest - std::log(sum);
  }
}

const Register registered("LOG_SOFTMAX", draw, define);

}  // namespace
}  // namespace inkling::naive
