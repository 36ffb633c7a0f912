// SVDF: every filter reduces the input to a number and weighs the last `memory` of these; `rank` filters are
// summed to a unit.
#include "tests/naive/quantized.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const int32_t rank = random.integer(1, 3), units = random.integer(1, 5), filters = rank * units;
  const int32_t batches = random.integer(1, 2), inputs = random.integer(1, 12), memory = random.integer(1, 6);
  const bool is_float = random.one_in(3);
  const Type weights = is_float ? Type::float32 : Type::int8;
  const Type state_type = is_float ? weights : random.one_of({Type::int8, Type::int16});
  const auto operand = [&](Type type, std::vector<int32_t> shape, double scale) {
    return is_float ? tensor(type, std::move(shape)) : quantized(random, type, std::move(shape), scale);
  };
  Case c;
  c.inputs = {operand(weights, {batches, inputs}, draw_scale(random)),
              constant(operand(weights, {filters, inputs}, draw_scale(random))),
              constant(operand(state_type, {filters, memory}, draw_scale(random))),
              draw_bias(random, is_float ? Type::float32 : Type::int32, units),
              operand(state_type, {batches, filters * memory}, 1)};
  c.outputs = {operand(weights, {batches, units}, 1)};
  Operand &in = c.inputs[0], &feature = c.inputs[1], &time = c.inputs[2], &state = c.inputs[4];
  state.role = Role::variable;
  if (!is_float) {
    feature.zero_points = time.zero_points = {0};
    const double state_range = state_type == Type::int8 ? 128 : 32768;
    state.scales = {static_cast<float>(in.scale() * feature.scale() * std::sqrt(inputs) * 8000 / state_range *
                                       std::exp2(random.real(-1, 2)))};
    c.outputs[0].scales = {static_cast<float>(state.scale() * time.scale() * std::sqrt(memory * rank) *
                                              state_range / 2 * std::exp2(random.real(-1, 3)))};
  }
  if (!is_float && c.inputs[3].present()) {
    c.inputs[3].scales = {state.scale() * time.scale()};
    c.inputs[3].zero_points = {0};
  }
  for (Operand* t : {&in, &feature, &time}) fill(random, *t);
  std::fill(state.v.begin(), state.v.end(), is_float ? 0 : state.zero_point());
  c.options = Options("SVDFOptions").set("rank", rank);
  c.options.set("fused_activation_function", is_float ? draw_activation(random) : 0);
  c.tolerance = 1e-5;
  c.invocations = 4;
  return c;
}

// What enters the memory: the sum, in an int8 model in the state's quantization. The reference limits it
// before it adds the zero point, so that the addition may wrap.
double remember(const Case& c, double sum) {
  const Operand& state = c.inputs[4];
  if (state.type == Type::float32) return sum;
  const float factor = c.inputs[0].scale() * c.inputs[1].scale() / state.scale();
  const double q = clamp(multiply(sum, quantize_factor(factor)), lowest(state.type), highest(state.type));
  const double shifted = q + state.zero_point();
  return state.type == Type::int8 ? static_cast<int8_t>(static_cast<int32_t>(shifted)) : shifted;
}

double unit_output(const Case& c, double sum, int32_t unit) {
  const Operand &bias = c.inputs[3], &out = c.outputs[0];
  if (bias.present()) sum += bias.v[static_cast<size_t>(unit)];
  if (out.type == Type::float32) {
    const Bounds bounds = activation_bounds(c.option("fused_activation_function"), out);
    return clamp(sum, bounds.low, bounds.high);
  }
  const float factor = c.inputs[4].scale() * c.inputs[2].scale() / out.scale();
  const int32_t wrapped = shift_left(static_cast<int64_t>(sum), 0);
  return clamp(multiply(wrapped, quantize_factor(factor)) + out.zero_point(), -128, 127);
}

void define(Case& c) {
  const Operand &in = c.inputs[0], &feature = c.inputs[1], &time = c.inputs[2];
  Operand& state = c.inputs[4];
  const int32_t memory = time.dim(1), rank = static_cast<int32_t>(c.option("rank"));
  for (int32_t b = 0; b < in.dim(0); ++b)
    for (int32_t unit = 0; unit < c.outputs[0].dim(1); ++unit) {
      double total = 0;
      for (int32_t f = unit * rank; f < (unit + 1) * rank; ++f) {
        double newest = 0;
        for (int32_t i = 0; i < in.dim(1); ++i) newest += centred(in, in.at({b, i})) * feature.at({f, i});
        for (int32_t t = 0; t + 1 < memory; ++t)
          state.at({b, f * memory + t}) = state.at({b, f * memory + t + 1});
        state.at({b, f * memory + memory - 1}) = remember(c, newest);
        for (int32_t t = 0; t < memory; ++t)
          total += centred(state, state.at({b, f * memory + t})) * time.at({f, t});
      }
      c.outputs[0].at({b, unit}) = unit_output(c, total, unit);
    }
}

const Register registered("SVDF", draw, define);

}  // namespace
}  // namespace inkling::naive
