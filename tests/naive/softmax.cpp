// SOFTMAX over the last dimension: exp(beta (x - max)) / sum of all. 8 bits: exponents with 5 bits before the
// point, the sum with 12. int16: by two tables of 512 straight lines.
#include "tests/naive/elementwise.h"
#include "tests/naive/fixed_point.h"

namespace inkling::naive {
namespace {

constexpr int32_t kIntegerBits = 5, kSumBits = 12;

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::uint8, Type::int16, Type::float32});
  const Type output_type = bits_of(type) == 8 && random.one_in(3) ? Type::int16 : type;
  Case c = draw_unary(random, type, output_type);
  if (type == Type::int16) {
    c.outputs[0].scales = {1.0f / 32768};
  } else if (type != Type::float32) {
    c.outputs[0].scales = {output_type == Type::int16 ? 1.0f / 65536 : 1.0f / 256};
    c.outputs[0].zero_points = {static_cast<int64_t>(lowest(output_type))};
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

// One of 512 straight lines between f(low) and f(low + width), at `x` of -32768 to 32767: in steps of 2^-15,
// with the middle of each line lifted towards f.
int32_t on_lines(float low, float width, float (*f)(float), int32_t x) {
  const float scale = width / 65535, step = scale * 65535 / 512, steps = 65536 / (2.0f / 65535 * 65535);
  const auto entry = [&](int32_t i) {
    const float from = low + static_cast<float>(i) * step;
    const float here = std::round(f(from) * steps);
    if (i == 512) return clamp(std::round(f(low + width) * steps), -32768, 32767);
    const float middle = std::round((f(low + static_cast<float>(i + 1) * step) * steps + here) / 2);
    const float error = middle - std::round(f(from + step / 2) * steps);
    return clamp(here - std::round(error / 2), -32768, 32767);
  };
  const int32_t i = (x + 32768) / 128, rest = (x + 32768) % 128;
  const auto here = static_cast<int32_t>(entry(i)), next = static_cast<int32_t>(entry(i + 1));
  return here + ((next - here) * rest + 64) / 128 - (((next - here) * rest + 64) % 128 < 0);
}

void define_int16_row(const double* x, double* out, int32_t depth, Factor factor) {
  const double largest = *std::max_element(x, x + depth);
  const auto limit = [](int64_t y) {
    return static_cast<int32_t>(clamp(static_cast<double>(y), -32768, 32767));
  };
  int32_t sum = 0;
  for (int32_t i = 0; i < depth; ++i) {
    const int32_t place = limit(int64_t{multiply(x[i] - largest, factor)} + 32767);
    out[i] = on_lines(
        -10, 10, [](float y) { return std::exp(y); }, place);
    sum += static_cast<int32_t>(out[i]);
  }
  const auto right = static_cast<int32_t>(std::log2(sum));
  const auto rest = static_cast<int64_t>(std::floor(std::ldexp(sum, 16 - right) + 0.5)) - (3 << 15);
  const int32_t share = on_lines(
      0, 1, [](float y) { return 1 / (1 + y); }, limit(rest));
  for (int32_t i = 0; i < depth; ++i)
    out[i] = clamp(std::floor(std::ldexp(out[i] * share, -right) + 0.5), 0, 32767);
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
    } else if (in.type == Type::int16) {
      define_int16_row(&in.v[row], &out.v[row], depth, quantize_factor(in.scale() * beta / (10.0 / 65535)));
    } else {
      const double real = std::min(beta * in.scale() * std::ldexp(1.0, 31 - kIntegerBits), 2147483647.0);
      define_quantized_row(&in.v[row], &out.v[row], depth, out.type, quantize_factor(real));
    }
  }
}

const Register registered("SOFTMAX", draw, define);

}  // namespace
}  // namespace inkling::naive
