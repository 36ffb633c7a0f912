// Walks back from the output; puts new constants in.
#include "host/adapt/head.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "host/engine/builtin_names.h"
#include "host/error.h"
#include "host/quantize/dequantize.h"
#include "host/quantize/quantize.h"

namespace inkling::host {
namespace {

using graph::Operator;
using graph::Subgraph;

const std::set<std::string> kBehindHeads = {"SOFTMAX", "LOG_SOFTMAX", "LOGISTIC",  "RESHAPE",
                                            "SQUEEZE", "QUANTIZE",    "DEQUANTIZE"};

const graph::Tensor& tensor_of(const Subgraph& subgraph, int32_t i) {
  return subgraph.tensors.at(static_cast<size_t>(i));
}

int64_t n_elements(const graph::Tensor& tensor) {
  int64_t n = 1;
  for (const int32_t size : tensor.shape) n *= size;
  return n;
}

/// The operator that makes a tensor.
size_t maker_of(const Subgraph& subgraph, int32_t tensor, const std::string& name) {
  for (size_t i = 0; i < subgraph.operators.size(); ++i)
    if (!subgraph.operators[i].outputs.empty() && subgraph.operators[i].outputs[0] == tensor) return i;
  throw Error(fmt::format("{}: has no last layer that could be replaced", name));
}

bool is_head(const Subgraph& subgraph, const Operator& op) {
  const std::string name = builtin_name(op.code);
  if (name != "FULLY_CONNECTED" && name != "CONV_2D") return false;
  const graph::Tensor& weights = tensor_of(subgraph, op.inputs.at(1));
  // A convolution is one if it sees each of its inputs once.
  return !weights.data.empty() && !weights.shape.empty() &&
         n_elements(tensor_of(subgraph, op.inputs[0])) * weights.shape[0] == n_elements(weights);
}

graph::Tensor constant(graph::Tensor tensor, std::vector<int32_t> shape, const std::vector<float>& values) {
  tensor.type = Type::float32;
  tensor.shape = std::move(shape);
  tensor.scales.clear();
  tensor.zero_points.clear();
  tensor.rest.clear();
  tensor.data.resize(values.size() * sizeof(float));
  if (!values.empty()) std::memcpy(tensor.data.data(), values.data(), tensor.data.size());
  return tensor;
}

/// Gives a tensor behind the head as many elements as there are labels now.
void resize(graph::Tensor& tensor, int32_t n_labels) {
  if (!tensor.shape.empty()) tensor.shape.back() = n_labels;
  tensor.rest.clear();  // the signature of a shape that is no more
}

/// Sizes all that comes behind the head.
void follow(Subgraph& subgraph, size_t head, int32_t n_old, int32_t n_labels) {
  for (size_t i = head + 1; i < subgraph.operators.size(); ++i) {
    Operator& op = subgraph.operators[i];
    const std::string name = builtin_name(op.code);
    graph::Tensor& out = subgraph.tensors.at(static_cast<size_t>(op.outputs.at(0)));
    resize(out, n_labels);
    if (name != "RESHAPE" && name != "SQUEEZE") continue;
    const graph::Tensor& in = tensor_of(subgraph, op.inputs[0]);
    out.scales = in.scales;
    out.zero_points = in.zero_points;
    if (name != "RESHAPE" || op.inputs.size() < 2 || op.inputs[1] < 0) continue;
    graph::Tensor shape = tensor_of(subgraph, op.inputs[1]);
    for (size_t k = 0; k + sizeof(int32_t) <= shape.data.size(); k += sizeof(int32_t)) {
      int32_t size;
      std::memcpy(&size, shape.data.data() + k, sizeof size);
      if (size == n_old) std::memcpy(shape.data.data() + k, &n_labels, sizeof n_labels);
    }
    const int32_t changed = subgraph.add(shape);  // others may have the same one
    subgraph.operators[i].inputs[1] = changed;
  }
}

/// The tensors of a head as `quantize` makes them: weights, bias, output.
std::vector<graph::Tensor> quantized_head(const Subgraph& subgraph, const Operator& op,
                                          const std::vector<graph::Tensor>& in_float,
                                          const std::vector<std::vector<float>>& features) {
  graph::Graph alone;
  Subgraph& layer = alone.subgraphs.emplace_back();
  const graph::Tensor& from = tensor_of(subgraph, op.inputs[0]);
  const Quantization input{from.scales.at(0), static_cast<int32_t>(from.zero_points.at(0))};
  const int32_t in = layer.add_input(constant(from, from.shape, {}));
  std::vector<int32_t> operands = {in, layer.add(in_float[0]), layer.add(in_float[1])};
  const int32_t out = layer.add_output(in_float[2]);
  Operator copy = op;
  copy.inputs = operands;
  copy.outputs = {out};
  layer.operators.push_back(copy);
  const graph::Graph quantized = quantize(alone, features, input);
  const auto& tensors = quantized.subgraphs[0].tensors;
  return {tensors.begin() + 1, tensors.end()};
}

}  // namespace

Head find_head(const graph::Graph& model, const std::filesystem::path& path) {
  const std::string name = path.string();
  if (model.subgraphs.size() != 1 || model.subgraphs[0].inputs.size() != 1 ||
      model.subgraphs[0].outputs.size() != 1)
    throw Error(fmt::format("{}: is no classifier, want one graph with one input and one output", name));
  const Subgraph& subgraph = model.subgraphs[0];
  size_t at = maker_of(subgraph, subgraph.outputs[0], name);
  while (!is_head(subgraph, subgraph.operators[at])) {
    const Operator& op = subgraph.operators[at];
    if (kBehindHeads.count(builtin_name(op.code)) == 0)
      throw Error(
          fmt::format("{}: has no last layer that could be replaced (got {} at operator {}, want a "
                      "FULLY_CONNECTED with constant weights)",
                      name, builtin_name(op.code), at));
    at = maker_of(subgraph, op.inputs.at(0), name);
  }
  const Operator& op = subgraph.operators[at];
  const graph::Tensor& weights = tensor_of(subgraph, op.inputs[1]);
  if (op.options.table() != "" && op.options.get("fused_activation_function") != 0)
    throw Error(fmt::format("{}: its last layer, operator {}, ends with an activation", name, at));
  Head head;
  head.op = at;
  head.weights = real_constant(weights);
  head.bias.assign(static_cast<size_t>(weights.shape[0]), 0);
  if (op.inputs.size() > 2 && op.inputs[2] >= 0) head.bias = real_constant(tensor_of(subgraph, op.inputs[2]));
  if (head.bias.size() != static_cast<size_t>(weights.shape[0]))
    throw Error(fmt::format("{}: its last layer has {} rows of weights but {} biases", name, weights.shape[0],
                            head.bias.size()));
  head.n_features = static_cast<int32_t>(head.weights.size() / head.bias.size());
  return head;
}

graph::Graph without_head(const graph::Graph& model, const Head& head) {
  graph::Graph features = model;
  Subgraph& subgraph = features.subgraphs[0];
  subgraph.outputs = {subgraph.operators[head.op].inputs[0]};
  subgraph.operators.resize(head.op);
  features.rest.clear();  // signatures, which name the output
  return features;
}

graph::Graph with_head(const graph::Graph& model, const Head& head,
                       const std::vector<std::vector<float>>& features) {
  graph::Graph changed = model;
  changed.rest.clear();
  Subgraph& subgraph = changed.subgraphs[0];
  Operator& op = subgraph.operators[head.op];
  const graph::Tensor old_weights = tensor_of(subgraph, op.inputs[1]);
  const int32_t n_old = old_weights.shape[0];
  std::vector<int32_t> shape = old_weights.shape;
  shape[0] = head.n_labels();
  graph::Tensor bias, out = tensor_of(subgraph, op.outputs[0]);
  bias.name = old_weights.name + "/bias";
  const bool is_int8 = out.type == Type::int8;
  resize(out, head.n_labels());
  std::vector<graph::Tensor> tensors = {constant(old_weights, shape, head.weights),
                                        constant(bias, {head.n_labels()}, head.bias),
                                        constant(out, out.shape, {})};
  if (is_int8) tensors = quantized_head(subgraph, op, tensors, features);
  subgraph.tensors[static_cast<size_t>(op.outputs[0])] = tensors[2];
  // Beside the old ones, which something else may use.
  const int32_t w = subgraph.add(tensors[0]), b = subgraph.add(tensors[1]);
  subgraph.operators[head.op].inputs = {subgraph.operators[head.op].inputs[0], w, b};
  follow(subgraph, head.op, n_old, head.n_labels());
  drop_unused_tensors(subgraph);
  return changed;
}

}  // namespace inkling::host
