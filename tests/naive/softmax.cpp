// SOFTMAX over the last dimension: exp(beta (x - max)) / sum of all. int8: exponents with 5 bits before the
// point, the sum with 12.
#include "tests/naive/elementwise.h"
#include "tests/naive/fixed_point.h"

namespace inkling::naive {
namespace {

constexpr int32_t kIntegerBits = 5, kSumBits = 12;

Case draw(Random& random) {
  const bool is_float = random.one_in(3);
  const Type type = is_float ? Type::float32 : Type::int8;
  const Type output_type = is_float ? type : random.one_of({Type::int8, Type::int8, Type::int16});
  Case c = draw_unary(random, type, output_type);
  if (!is_float) {
    const bool wide = output_type == Type::int16;
    c.outputs[0].scales = {wide ? 1.0f / 65536 : 1.0f / 256};
    c.outputs[0].zero_points = {wide ? -32768 : -128};
  }
  c.options = Options("SoftmaxOptions").set("beta", random.one_in(2) ? 1 : random.real(0.1, 3));
  c.tolerance = 1e-5;
  return c;
}

void define_real_row(const double* x, double* out, int32_t depth, double beta) {
  const double largest = *std::max_element(x, x + depth);
  double sum = 0;
  for (int32_t i = 0; i < depth; ++i) sum += out[i] = std::exp((x[i] - largest) * beta);
  for (int32_t i = 0; i < depth; ++i) out[i] /= sum;
}

void define_quantized_row(const double* x, double* out, int32_t depth, Type type, Factor factor) {
  const double largest = *std::max_element(x, x + depth);
  const double smallest = -std::floor(std::ldexp(31.0, 31 - kIntegerBits - factor.shift));
  const auto exponential = [&](int32_t i) {
    const auto difference = static_cast<int64_t>(x[i] - largest);
    return exp_of_negative(doubling_high(shift_left(difference, factor.shift), factor.q), kIntegerBits);
  };
  int32_t sum = 0;
  for (int32_t i = 0; i < depth; ++i)
    if (x[i] - largest >= smallest) sum += scale_by_power(exponential(i), -kSumBits);
  int32_t headroom = 0;
  while (!(sum & (1 << (31 - headroom)))) ++headroom;
  const auto rest = static_cast<int32_t>((static_cast<uint32_t>(sum) << headroom) - 0x80000000u);
  const int32_t reciprocal = reciprocal_of_one_plus(rest);
  for (int32_t i = 0; i < depth; ++i) {
    out[i] = lowest(type);
    if (x[i] - largest < smallest) continue;
    const int32_t share = doubling_high(reciprocal, exponential(i));
    out[i] = clamp(divide_by_power(share, kSumBits - headroom + 31 - bits_of(type)) + lowest(type),
                   lowest(type), highest(type));
  }
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  Operand& out = c.outputs[0];
  const int32_t depth = in.shape.back();
  const double beta = c.option("beta");
  out.v.resize(in.v.size());
  for (size_t row = 0; row < in.v.size(); row += static_cast<size_t>(depth)) {
    if (in.type == Type::float32) {
      define_real_row(&in.v[row], &out.v[row], depth, beta);
    } else {
      const double real = std::min(beta * in.scale() * std::ldexp(1.0, 31 - kIntegerBits), 2147483647.0);
      define_quantized_row(&in.v[row], &out.v[row], depth, out.type, quantize_factor(real));
    }
  }
}

const Register registered("SOFTMAX", draw, define);

}  // namespace
}  // namespace inkling::naive
