// UNIDIRECTIONAL_SEQUENCE_LSTM: step by step, gate by gate. Integers as the reference has them: products and
// sums of a gate in steps of 2^-12, gates in steps of 2^-15 from a table of the logistic function.
#include "tests/naive/elementwise.h"

namespace inkling::naive {
namespace {

// Inputs: the sequence, four matrices for it, four for the state, four biases, the state and the cell.
constexpr size_t kInputWeights = 1, kStateWeights = 5, kBiases = 12, kState = 18, kCell = 19;
enum : size_t { kIn, kForget, kUpdate, kOut, kGates };

Operand draw_weights(Random& random, bool is_float, int32_t units, int32_t n, double scale) {
  Operand t = constant(tensor(is_float ? Type::float32 : Type::int8, {units, n}));
  if (!is_float) {
    t.scales = {static_cast<float>(scale / std::sqrt(n) * std::exp2(random.real(-2, 2)))};
    t.zero_points = {0};
  }
  return t;
}

// Keeps a float update gate on one side of 0, so that nothing is cancelled and rounding stays relative.
void one_sided(Case& c, double sign) {
  for (const size_t i : {kInputWeights + kUpdate, kBiases + kUpdate}) {
    c.inputs[i].low = sign < 0 ? -4 : 0;
    c.inputs[i].high = sign < 0 ? 0 : 4;
  }
  c.inputs[0].low = c.inputs[kStateWeights + kUpdate].low = 0;
}

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  const bool is_float = type == Type::float32, by_time = random.one_in(2);
  const int32_t batches = random.integer(1, 3), steps = random.integer(1, 4), n = random.integer(1, 12),
                units = random.integer(1, 6);
  const double span = type == Type::int8 ? 128 : 32768;
  const auto sequence = [&](int32_t depth, double scale) {
    const std::vector<int32_t> shape = {by_time ? steps : batches, by_time ? batches : steps, depth};
    return is_float ? tensor(type, shape) : quantized(random, type, shape, scale);
  };
  Case c;
  c.inputs = {sequence(n, draw_scale(random))};
  // Scales with which the numbers of a gate reach to some units around 0.
  const double from_input = is_float ? 0 : 4 / (c.inputs[0].scale() * span * 64);
  for (size_t g = 0; g < kGates; ++g)
    c.inputs.push_back(draw_weights(random, is_float, units, n, from_input));
  for (size_t g = 0; g < kGates; ++g)
    c.inputs.push_back(draw_weights(random, is_float, units, units, 4.0 / 64));
  c.inputs.resize(kBiases, absent());
  const Type bias = is_float ? type : type == Type::int8 ? Type::int32 : Type::int64;
  for (size_t g = 0; g < kGates; ++g) {
    c.inputs.push_back(constant(tensor(bias, {units})));
    if (!is_float) c.inputs.back().low = -(c.inputs.back().high = span * 64);
  }
  c.inputs.resize(kState, absent());
  c.outputs = {sequence(units, 1 / span)};
  Operand state = c.outputs[0];
  state.shape = {batches, units};
  state.v.assign(static_cast<size_t>(state.size()), is_float ? 0 : state.zero_point());
  Operand cell = tensor(is_float ? type : Type::int16, {batches, units});
  if (!is_float) {
    cell.scales = {static_cast<float>(std::exp2(random.integer(-16, -8)))};
    cell.zero_points = {0};
  }
  c.inputs.push_back(state);
  c.inputs.push_back(cell);
  c.inputs[kState].role = c.inputs[kCell].role = Role::variable;
  if (random.one_in(2)) c.inputs.resize(24, absent());
  if (is_float) one_sided(c, random.one_of({-1.0, 1.0}));
  for (Operand& t : c.inputs)
    if (t.role == Role::fed || t.role == Role::constant) fill(random, t);
  c.options = Options("UnidirectionalSequenceLSTMOptions").set("fused_activation_function", 4);
  c.options.set("time_major", by_time).set("cell_clip", random.one_in(3) ? random.real(0.1, 4) : 0);
  c.tolerance = 2e-5;
  c.invocations = 3;
  return c;
}

/// Entry `i` of the reference's table: logistic(i / 24) in steps of 2^-16, raised by half of what the middle
/// of the chord to the next entry is too low.
double table(int32_t i) {
  const auto value = [](double x) { return 65536 / (1 + std::exp(-x / 24)); };
  return i == 255 ? 65535 : std::round(value(i) + (value(i + 0.5) - (value(i) + value(i + 1)) / 2) / 2);
}

/// Between two entries, in steps of 2^-(16 + bits).
double interpolate(double place, int32_t bits, double beyond) {
  const double n = std::abs(place), width = std::exp2(bits);
  const auto i = static_cast<int32_t>(n / width);
  return i >= 255 ? beyond : table(i) * width + (n - i * width) * (table(i + 1) - table(i));
}
double logistic16(double place) {
  const double y = interpolate(place, 9, 0x7fff << 10);
  return std::floor((place >= 0 ? y + 512 : std::exp2(25) - y + 511) / 1024);
}
double tanh16(double place) {
  const double y = interpolate(place, 8, 0xffff << 8) - std::exp2(23);
  return std::floor((place >= 0 ? y + 128 : -y + 127) / 256);
}

double to_int16(double x) {
  return clamp(x, -32768, 32767);
}

/// What goes into gate `g` of unit `u`: floats, or integers in steps of 2^-12.
double gate_sum(const Case& c, size_t g, const std::vector<double>& x, const std::vector<double>& h,
                int32_t u) {
  const Operand &w = c.inputs[kInputWeights + g], &r = c.inputs[kStateWeights + g];
  double from_input = c.inputs[kBiases + g].at({u}), from_state = 0;
  for (size_t i = 0; i < x.size(); ++i)
    from_input += centred(c.inputs[0], x[i]) * w.at({u, static_cast<int32_t>(i)});
  for (size_t i = 0; i < h.size(); ++i)
    from_state += centred(c.inputs[kState], h[i]) * r.at({u, static_cast<int32_t>(i)});
  if (c.inputs[0].type == Type::float32) return from_input + from_state;
  const auto rescale = [&](double sum, const Operand& from, const Operand& weights) {
    const Factor factor = quantize_factor(double{from.scale() * weights.scale()} * 4096);
    return to_int16(from.type == Type::int16 ? multiply_wide(sum, factor) : multiply(sum, factor));
  };
  return to_int16(rescale(from_input, c.inputs[0], w) + rescale(from_state, c.inputs[kState], r));
}

/// Updates one cell and returns the unit's new state.
double step_float(const double (&sums)[kGates], double clip, double& cell) {
  cell = real_logistic(sums[kForget]) * cell + real_logistic(sums[kIn]) * std::tanh(sums[kUpdate]);
  if (clip > 0) cell = clamp(cell, -clip, clip);
  return real_logistic(sums[kOut]) * std::tanh(cell);
}

double step_integer(const Case& c, const double (&sums)[kGates], double clip, double& cell) {
  const Operand &state = c.inputs[kState], &cells = c.inputs[kCell];
  const double unit = std::exp2(-15), scale = cells.scale();
  const auto product = [](double a, double b, double factor) {
    return multiply(a * b, quantize_factor(factor));
  };
  const double kept = to_int16(product(logistic16(3 * sums[kForget]), cell, unit));
  const double taken =
      to_int16(product(logistic16(3 * sums[kIn]), tanh16(3 * sums[kUpdate]), unit * unit / scale));
  cell = to_int16(kept + taken);
  const double limit = std::floor(std::min(clip / scale, 32767.0));
  if (clip > 0) cell = clamp(cell, -limit, limit);
  const double place = std::floor(cell * scale * 4096 * 3 + 0.5);
  const double shown = product(tanh16(place), logistic16(3 * sums[kOut]), unit * unit / state.scale());
  return clamp(shown + state.zero_point(), lowest(state.type), highest(state.type));
}

void define(Case& c) {
  Operand &out = c.outputs[0], &state = c.inputs[kState], &cell = c.inputs[kCell];
  const bool by_time = c.option("time_major") != 0, is_float = out.type == Type::float32;
  const int32_t batches = state.dim(0), units = state.dim(1), steps = out.dim(by_time ? 0 : 1);
  for (int32_t b = 0; b < batches; ++b)
    for (int32_t t = 0; t < steps; ++t) {
      const int32_t first = by_time ? t : b, second = by_time ? b : t;
      std::vector<double> x, h;
      for (int32_t i = 0; i < c.inputs[0].dim(2); ++i) x.push_back(c.inputs[0].at({first, second, i}));
      for (int32_t i = 0; i < units; ++i) h.push_back(state.at({b, i}));
      for (int32_t u = 0; u < units; ++u) {
        double sums[kGates];
        for (size_t g = 0; g < kGates; ++g) sums[g] = gate_sum(c, g, x, h, u);
        const double clip = c.option("cell_clip");
        state.at({b, u}) =
            is_float ? step_float(sums, clip, cell.at({b, u})) : step_integer(c, sums, clip, cell.at({b, u}));
        out.at({first, second, u}) = state.at({b, u});
      }
    }
}

const Register registered("UNIDIRECTIONAL_SEQUENCE_LSTM", draw, define);

}  // namespace
}  // namespace inkling::naive
