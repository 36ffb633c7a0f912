// What convolutions and FULLY_CONNECTED share: types, operands, and the way from a sum to an output.
#pragma once
#include "tests/naive/quantized.h"

namespace inkling::naive {

struct LayerTypes {
  Type input, filter, bias;
};

/// All types that layers are computed in; int8 most often.
inline LayerTypes draw_layer_types(Random& random) {
  const LayerTypes int8 = {Type::int8, Type::int8, Type::int32};
  return random.one_of<LayerTypes>({int8,
                                    int8,
                                    int8,
                                    {Type::int8, Type::int4, Type::int32},
                                    {Type::int16, Type::int8, Type::int64},
                                    {Type::int16, Type::int8, Type::int32},
                                    {Type::uint8, Type::uint8, Type::int32},
                                    {Type::float32, Type::float32, Type::float32},
                                    {Type::float32, Type::int8, Type::float32}});
}

/// Filters per tensor or per channel along `axis`. Zero points are 0, as filters have, but for uint8.
inline Operand draw_filter(Random& random, Type type, std::vector<int32_t> shape, int32_t axis) {
  Operand t = constant(tensor(type, std::move(shape)));
  t.axis = axis;
  const bool one = type == Type::uint8 || random.one_in(2);
  const int32_t n = one ? 1 : t.dim(static_cast<size_t>(axis));
  for (int32_t i = 0; type != Type::float32 && i < n; ++i)
    t.scales.push_back(static_cast<float>(draw_scale(random)));
  t.zero_points.assign(t.scales.size(), type == Type::uint8 ? random.integer(0, 255) : 0);
  fill(random, t);
  return t;
}

/// A scale for outputs that sum `depth` products, so that some of them are clamped and some are not;
/// sometimes one that is far off.
inline double draw_output_scale(Random& random, const Operand& input, const Operand& filter, int32_t depth) {
  const double usual = double{input.scale()} * filter.scale() * 64 * std::sqrt(depth);
  return random.one_in(8) ? usual * std::exp2(random.real(-12, 40)) : usual * std::exp2(random.real(-2, 2));
}

/// Input, filter (channels along `axis`, `depth` weights for each output), bias and output.
inline Case draw_layer(Random& random, const LayerTypes& types, const std::vector<int32_t>& in,
                       const std::vector<int32_t>& filter, int32_t axis, int32_t depth,
                       const std::vector<int32_t>& out) {
  const bool is_float = types.input == Type::float32;
  Case c;
  c.tolerance = 1e-5;
  c.inputs = {is_float ? tensor(types.input, in) : quantized(random, types.input, in, draw_scale(random)),
              draw_filter(random, types.filter, filter, axis),
              draw_bias(random, types.bias, filter[static_cast<size_t>(axis)])};
  c.outputs = {is_float ? tensor(types.input, out)
                        : quantized(random, types.input, out,
                                    draw_output_scale(random, c.inputs[0], c.inputs[1], depth))};
  fill(random, c.inputs[0]);
  return c;
}

/// The inputs as a layer multiplies them: without zero point; in hybrid layers quantized batch by batch.
struct LayerInput {
  Operand centred;
  std::vector<float> scales;  ///< of hybrid layers, one per batch
};

inline bool is_hybrid(const Case& c) {
  return c.inputs[0].type == Type::float32 && c.inputs[1].type == Type::int8;
}

/// TFLite's Symmetric- and AsymmetricQuantizeFloats on numbers `first` to `end`; leaves q - zero_point there.
inline float quantize_floats(std::vector<double>& v, size_t first, size_t end, bool asymmetric) {
  double low = 0, high = 0;
  for (size_t i = first; i < end; ++i) {
    low = std::min(low, v[i]);
    high = std::max(high, v[i]);
  }
  const auto range = static_cast<float>(std::max(-low, high));
  const double step = (high - low) / 255;
  const double from_low = -128 - low / step, from_high = 127 - high / step;
  const double nearer = 128 - low / step < 127 + high / step ? from_low : from_high;
  const double zero_point = asymmetric && range > 0 ? std::round(clamp(nearer, -128, 127)) : 0;
  const float scale = range == 0 ? 1 : asymmetric ? static_cast<float>(step) : range / 127;
  const float inverse = range == 0 ? 1 : asymmetric ? 1 / scale : 127 / range;
  for (size_t i = first; i < end; ++i) {
    const float q = std::round(static_cast<float>(zero_point) + static_cast<float>(v[i]) * inverse);
    v[i] = clamp(q, asymmetric ? -128 : -127, 127) - zero_point;
  }
  return scale;
}

/// `asymmetric` counts for hybrid layers only.
inline LayerInput layer_input(const Case& c, int32_t n_batches, bool asymmetric) {
  LayerInput input = {c.inputs[0], {}};
  std::vector<double>& v = input.centred.v;
  if (is_hybrid(c)) {
    const size_t n = v.size() / static_cast<size_t>(n_batches);
    for (size_t first = 0; first < v.size(); first += n)
      input.scales.push_back(quantize_floats(v, first, first + n, asymmetric));
  } else {
    for (double& x : v) x = centred(c.inputs[0], x);
  }
  return input;
}

/// The real factor of an integer layer's channel: input scale * filter scale / output scale in double. With
/// `in_float` the reference rounds the first product to float.
inline double channel_factor(const Case& c, int32_t channel, bool in_float) {
  const Operand &input = c.inputs[0], &filter = c.inputs[1];
  const float scale = filter.scales[filter.scales.size() > 1 ? static_cast<size_t>(channel) : 0];
  const double product = in_float ? double{input.scale() * scale} : double{input.scale()} * scale;
  return product / c.outputs[0].scale();
}

/// From a sum to an output of channel `channel` and batch `batch`: bias, factor, zero point, activation.
inline double finish(const Case& c, const LayerInput& from, double sum, int32_t batch, int32_t channel,
                     bool in_float = false) {
  const Operand &filter = c.inputs[1], &bias = c.inputs[2], &output = c.outputs[0];
  const double addend = bias.present() ? bias.v[static_cast<size_t>(channel)] : 0;
  const Bounds bounds = activation_bounds(c.option("fused_activation_function"), output);
  if (is_hybrid(c)) {
    const float scale = from.scales[static_cast<size_t>(batch)] *
                        filter.scales[filter.scales.size() > 1 ? static_cast<size_t>(channel) : 0];
    const float scaled = static_cast<float>(sum) * scale;
    return clamp(scaled + static_cast<float>(addend), bounds.low, bounds.high);
  }
  if (output.type == Type::float32) return clamp(sum + addend, bounds.low, bounds.high);
  const Factor factor = quantize_factor(channel_factor(c, channel, in_float || output.type == Type::uint8));
  const bool wide = output.type == Type::int16 && (!bias.present() || bias.type == Type::int64);
  const double q = wide ? multiply_wide(sum + addend, factor) : multiply(sum + addend, factor);
  return clamp(q + output.zero_point(), bounds.low, bounds.high);
}

}  // namespace inkling::naive
