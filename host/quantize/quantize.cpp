// The quantization of each tensor, operator by operator, from the inputs on.
#include "host/quantize/quantize.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "host/engine/builtin_names.h"
#include "host/error.h"
#include "host/quantize/ranges.h"

namespace inkling::host {
namespace {

using graph::Operator;
using graph::Subgraph;

/// How an operator's output is quantized.
struct Rule {
  enum Kind { weighted, measured, as_input, fixed } kind;
  Quantization fixed_to = {};
};
constexpr Quantization kShares{1.0f / 256, -128}, kSigned{1.0f / 128, 0};
constexpr Quantization kFixedInt16{1.0f / 32768, 0};

const std::map<std::string, Rule> kRules = {
    {"CONV_2D", {Rule::weighted}},
    {"DEPTHWISE_CONV_2D", {Rule::weighted}},
    {"FULLY_CONNECTED", {Rule::weighted}},
    {"ADD", {Rule::measured}},
    {"SUB", {Rule::measured}},
    {"MUL", {Rule::measured}},
    {"MEAN", {Rule::measured}},
    {"MAXIMUM", {Rule::measured}},
    {"RELU", {Rule::measured}},
    {"RELU6", {Rule::measured}},
    {"LEAKY_RELU", {Rule::measured}},
    {"HARD_SWISH", {Rule::measured}},
    {"RESHAPE", {Rule::as_input}},
    {"SQUEEZE", {Rule::as_input}},
    {"EXPAND_DIMS", {Rule::as_input}},
    {"TRANSPOSE", {Rule::as_input}},
    {"PAD", {Rule::as_input}},
    {"MAX_POOL_2D", {Rule::as_input}},
    {"REDUCE_MIN", {Rule::as_input}},
    {"REDUCE_MAX", {Rule::as_input}},
    {"AVERAGE_POOL_2D", {Rule::as_input}},
    {"SOFTMAX", {Rule::fixed, kShares}},
    {"LOGISTIC", {Rule::fixed, kShares}},
    {"TANH", {Rule::fixed, kSigned}},
};

const Rule& rule_of(const std::string& name) {
  const auto rule = kRules.find(name);
  if (rule != kRules.end()) return rule->second;
  std::vector<std::string> names;
  for (const auto& entry : kRules) names.push_back(entry.first);
  throw Error(fmt::format("{} cannot be quantized (can: {})", name, fmt::join(names, ", ")));
}

template <class T>
std::vector<T> values_of(const graph::Tensor& tensor) {
  std::vector<T> values(tensor.data.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), tensor.data.data(), tensor.data.size());
  return values;
}

template <class T>
void set_values(graph::Tensor& tensor, Type type, const std::vector<T>& values) {
  tensor.type = type;
  tensor.data.resize(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(tensor.data.data(), values.data(), tensor.data.size());
}

void set_activation(graph::Tensor& tensor, Quantization q, Type type) {
  tensor.type = type;
  tensor.scales = {q.scale};
  tensor.zero_points = {q.zero_point};
}

/// -32767 .. 32767 over the range and its mirror image.
Quantization symmetric(const Range& range) {
  const float largest = std::max(-range.low, range.high);
  return {largest > 0 ? largest / 32767 : 1, 0};
}

Quantization from_range(const Range& range, Type type) {
  return type == Type::int16 ? symmetric(range) : quantization_of(range.low, range.high);
}

/// -127 .. 127 over each slice along `axis`, or over all when there is one slice only.
void quantize_weights(graph::Tensor& weights, int32_t axis, int32_t n_slices) {
  const std::vector<float> values = values_of<float>(weights);
  size_t stride = 1;  // between neighbours along the axis
  for (size_t i = static_cast<size_t>(axis) + 1; i < weights.shape.size(); ++i)
    stride *= static_cast<size_t>(weights.shape[i]);
  const auto slice_of = [&](size_t i) {
    return n_slices == 1 ? 0 : i / stride % static_cast<size_t>(n_slices);
  };
  std::vector<float> scales(static_cast<size_t>(n_slices), 0);
  for (size_t i = 0; i < values.size(); ++i)
    scales[slice_of(i)] = std::max(scales[slice_of(i)], std::abs(values[i]) / 127);
  for (float& scale : scales)
    if (!(scale > 0)) scale = 1;
  std::vector<int8_t> quantized;
  for (size_t i = 0; i < values.size(); ++i)
    quantized.push_back(
        static_cast<int8_t>(std::clamp(std::lround(values[i] / scales[slice_of(i)]), -127l, 127l)));
  set_values(weights, Type::int8, quantized);
  weights.zero_points.assign(scales.size(), 0);
  weights.scales = std::move(scales);
  weights.axis = axis;
}

/// In steps of input times weight.
template <class T>
void quantize_bias(graph::Tensor& bias, float input_scale, const graph::Tensor& weights) {
  std::vector<T> quantized;
  const std::vector<float> values = values_of<float>(bias);
  std::vector<float> scales;
  for (const float scale : weights.scales) scales.push_back(input_scale * scale);
  for (size_t i = 0; i < values.size(); ++i) {
    // 48 bits are what 16-bit layers reach with 64-bit sums; a double holds them exactly.
    constexpr double kMost = sizeof(T) == 4 ? 2147483647.0 : 140737488355327.0;
    const double steps = std::nearbyint(double{values[i]} / scales[scales.size() == 1 ? 0 : i]);
    quantized.push_back(static_cast<T>(std::clamp(steps, -kMost - 1, kMost)));
  }
  set_values(bias, sizeof(T) == 4 ? Type::int32 : Type::int64, quantized);
  bias.zero_points.assign(scales.size(), 0);
  bias.scales = std::move(scales);
}

/// The weights and the bias of a layer.
void quantize_weighted(const Operator& op, const std::string& name, Subgraph& subgraph) {
  const auto tensor = [&](size_t i) -> graph::Tensor& {
    return subgraph.tensors[static_cast<size_t>(op.inputs[i])];
  };
  const int32_t axis = name == "DEPTHWISE_CONV_2D" ? 3 : 0;
  graph::Tensor& weights = tensor(1);
  if (weights.type != Type::float32 || weights.data.empty())
    throw Error(fmt::format("{}: its weights are not float constants used once", name));
  quantize_weights(weights, axis,
                   name == "FULLY_CONNECTED" ? 1 : weights.shape.at(static_cast<size_t>(axis)));
  if (op.inputs.size() <= 2 || op.inputs[2] < 0) return;
  if (tensor(0).type == Type::int16)
    quantize_bias<int64_t>(tensor(2), tensor(0).scales.at(0), weights);
  else
    quantize_bias<int32_t>(tensor(2), tensor(0).scales.at(0), weights);
}

/// A constant among an operator's inputs, over its own range.
void quantize_constant(graph::Tensor& tensor, Type type) {
  const std::vector<float> values = values_of<float>(tensor);
  Range range;
  for (const float value : values) range = {std::min(range.low, value), std::max(range.high, value)};
  const Quantization q = from_range(range, type);
  std::vector<int8_t> bytes;
  std::vector<int16_t> words;
  for (const float value : values) {
    bytes.push_back(q(value));
    words.push_back(q.in_int16(value));
  }
  if (type == Type::int16)
    set_values(tensor, type, words);
  else
    set_values(tensor, type, bytes);
  set_activation(tensor, q, type);
}

// The versions of the operators that the schema asks for with int8 or int16.
int32_t version_of(const std::string& name, const Operator& op, Type type) {
  if (type == Type::int16) {
    static const std::map<std::string, int32_t> versions = {
        {"CONV_2D", 4}, {"DEPTHWISE_CONV_2D", 5}, {"FULLY_CONNECTED", 7}, {"ADD", 4},       {"SUB", 5},
        {"MUL", 4},     {"RESHAPE", 1},           {"TRANSPOSE", 4},       {"LEAKY_RELU", 2}};
    const auto own = versions.find(name);
    return std::max(own == versions.end() ? 3 : own->second, op.version);
  }
  if (name == "FULLY_CONNECTED") return std::max(4, op.version);
  return std::max(kRules.at(name).kind == Rule::weighted ? 3 : name == "RESHAPE" ? 1 : 2, op.version);
}

}  // namespace

int8_t Quantization::operator()(float value) const {
  return static_cast<int8_t>(std::clamp(std::lround(value / scale) + long{zero_point}, -128l, 127l));
}

int16_t Quantization::in_int16(float value) const {
  return static_cast<int16_t>(std::clamp(std::lround(value / scale) + long{zero_point}, -32768l, 32767l));
}

Quantization quantization_of(float low, float high) {
  const float width = high - low;
  if (!(width > 0)) return {};
  const float scale = width / 255;
  return {scale, static_cast<int32_t>(std::lround(std::clamp(-128 - low / scale, -128.0f, 127.0f)))};
}

graph::Graph quantize(const graph::Graph& model, const std::vector<std::vector<float>>& samples,
                      std::optional<Quantization> input, Activations activations) {
  const Type type = activations == Activations::int16 ? Type::int16 : Type::int8;
  if (samples.empty()) throw Error("quantization needs samples of the model's input");
  if (model.subgraphs.size() != 1 || model.subgraphs[0].inputs.size() != 1)
    throw Error("quantization wants a model with one subgraph and one input");
  for (const Operator& op : model.subgraphs[0].operators) rule_of(builtin_name(op.code));
  const std::vector<Range> ranges = activation_ranges(model, samples);
  graph::Graph result = model;
  Subgraph& subgraph = result.subgraphs[0];
  const auto tensor = [&](int32_t i) -> graph::Tensor& { return subgraph.tensors[static_cast<size_t>(i)]; };
  const auto wanted = [&](int32_t i) -> Quantization {
    const graph::Tensor& own = tensor(i);
    if (own.scales.size() != 1 || type == Type::int16)
      return from_range(ranges[static_cast<size_t>(i)], type);
    return {own.scales[0], static_cast<int32_t>(own.zero_points.at(0))};
  };
  const int32_t in = subgraph.inputs[0];
  set_activation(tensor(in), input && type == Type::int8 ? *input : wanted(in), type);
  for (Operator& op : subgraph.operators) {
    const std::string name = builtin_name(op.code);
    const Rule& rule = rule_of(name);
    if (rule.kind == Rule::weighted) quantize_weighted(op, name, subgraph);
    for (const int32_t i : op.inputs)
      if (i >= 0 && tensor(i).type == Type::float32 && !tensor(i).data.empty())
        quantize_constant(tensor(i), type);
    const graph::Tensor& from = tensor(op.inputs.at(0));
    graph::Tensor& out = tensor(op.outputs.at(0));
    if (rule.kind == Rule::as_input)
      set_activation(out, {from.scales.at(0), static_cast<int32_t>(from.zero_points.at(0))}, type);
    else if (rule.kind == Rule::fixed)
      set_activation(out, type == Type::int16 ? kFixedInt16 : rule.fixed_to, type);
    else
      set_activation(out, wanted(op.outputs[0]), type);
    op.version = version_of(name, op, type);
  }
  return result;
}

}  // namespace inkling::host
