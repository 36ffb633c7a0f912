// The signal operators between samples and features, as formulas in doubles and 64-bit integers.
#include <cstdint>

#include "tests/operator_case.h"

namespace inkling::naive {
namespace {

// Random numbers 0 <= x <= high, small ones as often as large ones.
Operand counts(Random& random, Type type, int32_t n, double high) {
  Operand t = tensor(type, {n});
  for (double& x : t.v) x = std::floor(std::exp2(random.real(0, std::log2(high + 1))) - 1);
  return t;
}
Operand samples(Random& random, std::vector<int32_t> shape) {
  Operand t = tensor(Type::int16, std::move(shape));
  fill(random, t);
  return t;
}
uint32_t u32(double x) {
  return static_cast<uint32_t>(static_cast<int64_t>(x));
}

Case draw_energy(Random& random) {
  const int32_t n = random.integer(1, 20), first = random.integer(0, n);
  Case c;
  c.inputs = {samples(random, {2 * n})};
  c.outputs = {tensor(Type::uint32, {n})};
  c.custom = {{"start_index", first}, {"end_index", random.integer(first, n)}};
  return c;
}

void define_energy(Case& c) {
  const std::vector<double>& x = c.inputs[0].v;
  for (size_t i = 0; i < x.size() / 2; ++i) {
    const auto at = static_cast<double>(i);
    const bool inside = at >= c.custom["start_index"] && at < c.custom["end_index"];
    c.outputs[0].v[i] = inside ? x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1] : 0;
  }
}

Case draw_auto_scale(Random& random) {
  Operand in = samples(random, {random.integer(1, 20)});
  const double divisor = std::exp2(random.integer(0, 15));
  for (double& x : in.v) x = std::max(std::trunc(x / divisor), -32767.0);  // -32768 counts as nothing
  Case c;
  c.inputs = {in};
  c.outputs = {tensor(Type::int16, in.shape), tensor(Type::int32, {})};
  return c;
}

void define_auto_scale(Case& c) {
  const std::vector<double>& x = c.inputs[0].v;
  double largest = 0;
  for (const double sample : x) largest = std::max(largest, std::abs(sample));
  int32_t shift = 15;
  while (std::ldexp(largest, shift) >= 32768) --shift;
  c.outputs[1].v[0] = shift;
  for (size_t i = 0; i < x.size(); ++i) c.outputs[0].v[i] = std::ldexp(x[i], shift);
}

Case draw_filter_bank(Random& random) {
  const int32_t n_bins = random.integer(1, 40), n_channels = random.integer(1, 6);
  const int32_t n_weights = random.integer(1, 40);
  Case c;
  c.inputs = {counts(random, Type::uint32, n_bins, 1e9)};
  for (int32_t i = 0; i < 2; ++i) c.inputs.push_back(constant(counts(random, Type::int16, n_weights, 4096)));
  for (int32_t i = 0; i < 3; ++i) c.inputs.push_back(constant(tensor(Type::int16, {n_channels + 1})));
  for (int32_t i = 0; i <= n_channels; ++i) {
    const int32_t width = random.integer(0, std::min(n_bins, n_weights));
    c.inputs[3].at({i}) = random.integer(0, n_bins - width);
    c.inputs[4].at({i}) = random.integer(0, n_weights - width);
    c.inputs[5].at({i}) = width;
  }
  c.outputs = {tensor(Type::uint64, {n_channels})};
  c.custom["num_channels"] = n_channels;
  return c;
}

// A channel is the falling edge of the stretch before it and the rising edge of its own.
void define_filter_bank(Case& c) {
  const auto edge = [&](int32_t stretch, size_t weights) {
    double sum = 0;
    for (int32_t k = 0; k < static_cast<int32_t>(c.inputs[5].at({stretch})); ++k)
      sum += c.inputs[0].at({static_cast<int32_t>(c.inputs[3].at({stretch})) + k}) *
             c.inputs[weights].at({static_cast<int32_t>(c.inputs[4].at({stretch})) + k});
    return sum;
  };
  for (int32_t i = 0; i < c.outputs[0].dim(0); ++i) c.outputs[0].at({i}) = edge(i, 2) + edge(i + 1, 1);
}

Case draw_square_root(Random& random) {
  const int32_t n = random.integer(1, 20);
  Operand shift = tensor(Type::int32, {});
  shift.v[0] = random.integer(0, 20);
  Case c;
  c.inputs = {counts(random, Type::uint64, n, 9e15), shift};
  c.outputs = {tensor(Type::uint32, {n})};
  return c;
}

// Rounded to nearest, but no more than 16 bits for numbers of 32.
void define_square_root(Case& c) {
  for (int32_t i = 0; i < c.outputs[0].dim(0); ++i) {
    const double x = c.inputs[0].at({i});
    const auto value = static_cast<uint64_t>(x);
    auto root = static_cast<uint64_t>(std::sqrt(x));
    while (root * root > value) --root;
    while ((root + 1) * (root + 1) <= value) ++root;
    if (value - root * root > root) ++root;
    if (value >> 32 == 0) root = std::min<uint64_t>(root, 65535);
    c.outputs[0].at({i}) = static_cast<double>(root >> static_cast<int32_t>(c.inputs[1].v[0]));
  }
}

Case draw_subtraction(Random& random) {
  const int32_t n = random.integer(1, 9), even = random.integer(0, 16384), odd = random.integer(0, 16384);
  Case c;
  c.inputs = {tensor(Type::uint32, {n})};
  c.inputs[0].low = 0;
  c.inputs[0].high = 1 << 20;
  fill(random, c.inputs[0]);
  c.outputs = {tensor(Type::uint32, {n}), tensor(Type::uint32, {n})};
  c.custom = {{"num_channels", n},
              {"smoothing", even},
              {"one_minus_smoothing", 16384 - even},
              {"alternate_smoothing", odd},
              {"alternate_one_minus_smoothing", 16384 - odd},
              {"min_signal_remaining", random.integer(0, 16384)},
              {"smoothing_bits", random.integer(0, 10)},
              {"spectral_subtraction_bits", 14},
              {"clamping", random.one_in(2)}};
  c.invocations = 4;
  return c;
}

void define_subtraction(Case& c) {
  c.state.resize(c.inputs[0].v.size());
  for (size_t i = 0; i < c.state.size(); ++i) {
    const std::string prefix = i % 2 == 1 ? "alternate_" : "";
    const double signal = c.inputs[0].v[i],
                 fine = std::ldexp(signal, static_cast<int32_t>(c.custom["smoothing_bits"]));
    double& estimate = c.state[i];
    estimate = std::floor(
        (fine * c.custom[prefix + "smoothing"] + estimate * c.custom[prefix + "one_minus_smoothing"]) /
        16384);
    const double noise = std::min(estimate, fine);
    if (c.custom["clamping"] != 0) estimate = noise;
    const double rest = std::floor((fine - noise) * signal / std::max(fine, 1.0));
    c.outputs[0].v[i] = std::max(rest, std::floor(signal * c.custom["min_signal_remaining"] / 16384));
    c.outputs[1].v[i] = estimate;
  }
}

Case draw_pcan(Random& random) {
  const int32_t n = random.integer(1, 9);
  Case c;
  c.inputs = {counts(random, Type::uint32, n, 4e9), counts(random, Type::uint32, n, 4e9),
              constant(tensor(Type::int16, {125}))};
  c.inputs[2].low = 0;
  fill(random, c.inputs[2]);
  c.outputs = {tensor(Type::uint32, {n})};
  c.custom["snr_shift"] = random.integer(0, 30);
  return c;
}

void define_pcan(Case& c) {
  for (int32_t i = 0; i < c.outputs[0].dim(0); ++i) {
    const uint32_t signal = u32(c.inputs[0].at({i})), noise = u32(c.inputs[1].at({i}));
    const auto gain_at = [&](int32_t k) { return static_cast<int64_t>(c.inputs[2].at({k})); };
    int64_t gain = noise <= 2 ? gain_at(static_cast<int32_t>(noise)) : 0;
    if (noise > 2) {
      int32_t bits = 0;
      while (uint64_t{noise} >> bits != 0) ++bits;
      const int64_t position = static_cast<int64_t>((uint64_t{noise} << 11) >> bits) - 1024;
      const int64_t slope = (gain_at(4 * bits - 4) * position >> 5) + gain_at(4 * bits - 5) * 32;
      const auto rise = static_cast<int32_t>(slope * position + 16384);
      gain = static_cast<int16_t>(gain_at(4 * bits - 6) + (rise >> 15));
    }
    const uint64_t product = uint64_t{signal} * static_cast<uint32_t>(gain);
    const auto ratio = static_cast<uint32_t>(product >> static_cast<int32_t>(c.custom["snr_shift"]));
    c.outputs[0].at({i}) = ratio < 8192 ? ratio * ratio >> 20 : (ratio >> 6) - 64;
  }
}

Case draw_log(Random& random) {
  const int32_t n = random.integer(1, 20);
  Case c;
  c.inputs = {counts(random, Type::uint32, n, 4e9)};
  c.outputs = {tensor(Type::int16, {n})};
  c.custom = {{"output_scale", random.integer(0, 2000)}, {"input_correction_bits", random.integer(0, 5)}};
  return c;
}

// The logarithm to base 2 is a straight line per power of two, with what the true curve has above it at the
// start of each of 128 pieces, and 1/128 of the way to the next piece's.
void define_log(Case& c) {
  for (int32_t i = 0; i < c.outputs[0].dim(0); ++i) {
    const uint32_t x = u32(c.inputs[0].at({i})) << static_cast<int32_t>(c.custom["input_correction_bits"]);
    double scaled = 0;
    if (x > 1) {
      const int32_t exponent = std::ilogb(static_cast<double>(x));
      const double fraction = std::floor((std::ldexp(x, -exponent) - 1) * 65536);
      const double piece = std::floor(fraction / 512), within = fraction - piece * 512;
      const auto bulge = [](double k) {
        return std::floor((std::log2(1 + k / 128) - k / 128) * 65536 + 0.5);
      };
      const double above = bulge(piece) + std::floor((bulge(piece + 1) - bulge(piece)) * within / 65536);
      const double ln = std::floor(((exponent * 65536.0 + fraction + above) * 45426 + 32768) / 65536);
      scaled = std::floor((ln * c.custom["output_scale"] + 32768) / 65536);
    }
    c.outputs[0].at({i}) = std::min(scaled, 32767.0);
  }
}

Case draw_window(Random& random) {
  const int32_t n_rows = random.integer(1, 3), n = random.integer(1, 9);
  Case c;
  c.inputs = {samples(random, {n_rows, n}), constant(samples(random, {n}))};
  c.outputs = {tensor(Type::int16, {n_rows, n})};
  c.custom["shift"] = random.integer(0, 20);
  return c;
}

void define_window(Case& c) {
  for (int32_t r = 0; r < c.inputs[0].dim(0); ++r)
    for (int32_t i = 0; i < c.inputs[0].dim(1); ++i) {
      const double product = c.inputs[0].at({r, i}) * c.inputs[1].at({i});
      c.outputs[0].at({r, i}) = std::clamp(
          std::floor(std::ldexp(product, -static_cast<int32_t>(c.custom["shift"]))), -32768.0, 32767.0);
    }
}

const Register energy("SignalEnergy", draw_energy, define_energy);
const Register auto_scale("SignalFftAutoScale", draw_auto_scale, define_auto_scale);
const Register filter_bank("SignalFilterBank", draw_filter_bank, define_filter_bank);
const Register square_root("SignalFilterBankSquareRoot", draw_square_root, define_square_root);
const Register subtraction("SignalFilterBankSpectralSubtraction", draw_subtraction, define_subtraction);
const Register pcan("SignalPCAN", draw_pcan, define_pcan);
const Register log_scale("SignalFilterBankLog", draw_log, define_log);
const Register window("SignalWindow", draw_window, define_window);

}  // namespace
}  // namespace inkling::naive
