// Scales times integers.
#include "host/quantize/dequantize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "host/engine/builtin_names.h"
#include "host/error.h"

namespace inkling::host {
namespace {

using graph::Operator;
using graph::Subgraph;
using graph::Tensor;

template <class T>
std::vector<T> values_of(const Tensor& tensor) {
  std::vector<T> values(tensor.data.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), tensor.data.data(), values.size() * sizeof(T));
  return values;
}

template <class T>
std::vector<float> scaled(const Tensor& tensor) {
  const std::vector<T> values = values_of<T>(tensor);
  size_t stride = 1;  // between neighbours along the axis of the scales
  for (size_t i = static_cast<size_t>(tensor.axis) + 1; i < tensor.shape.size(); ++i)
    stride *= static_cast<size_t>(std::max(1, tensor.shape[i]));
  std::vector<float> real;
  for (size_t i = 0; i < values.size(); ++i) {
    const size_t slice = tensor.scales.size() == 1 ? 0 : i / stride % tensor.scales.size();
    const int64_t zero = slice < tensor.zero_points.size() ? tensor.zero_points[slice] : 0;
    real.push_back(static_cast<float>(static_cast<double>(values[i] - zero) *
                                      static_cast<double>(tensor.scales[slice])));
  }
  return real;
}

void set_real(Tensor& tensor) {
  if (!tensor.data.empty()) {
    const std::vector<float> real = real_constant(tensor);
    tensor.data.resize(real.size() * sizeof(float));
    if (!real.empty()) std::memcpy(tensor.data.data(), real.data(), tensor.data.size());
  } else if (tensor.type != Type::int8) {
    throw Error(fmt::format("'{}' is neither float nor int8: want a float or an int8 model", tensor.name));
  }
  tensor.type = Type::float32;
  tensor.scales.clear();
  tensor.zero_points.clear();
}

/// Whether a tensor holds numbers of the network: shapes and axes have no scales.
bool is_quantized(const Tensor& tensor) {
  return tensor.type != Type::float32 && !tensor.scales.empty();
}

}  // namespace

std::vector<float> real_constant(const Tensor& tensor) {
  if (tensor.type == Type::float32) return values_of<float>(tensor);
  if (tensor.scales.empty() || (tensor.type != Type::int8 && tensor.type != Type::int32))
    throw Error(fmt::format("the constant '{}' is neither float nor int8", tensor.name));
  return tensor.type == Type::int8 ? scaled<int8_t>(tensor) : scaled<int32_t>(tensor);
}

graph::Graph dequantize(const graph::Graph& model) {
  graph::Graph result = model;
  for (Subgraph& subgraph : result.subgraphs) {
    for (Tensor& tensor : subgraph.tensors)
      if (is_quantized(tensor)) set_real(tensor);
    // What only changed the type hands its input on.
    std::vector<int32_t> stands_for(subgraph.tensors.size());
    for (size_t i = 0; i < stands_for.size(); ++i) stands_for[i] = static_cast<int32_t>(i);
    std::vector<Operator> kept;
    const auto replaced = [&](std::vector<int32_t>& operands) {
      for (int32_t& i : operands)
        if (i >= 0) i = stands_for.at(static_cast<size_t>(i));
    };
    for (Operator& op : subgraph.operators) {
      replaced(op.inputs);
      const std::string name = builtin_name(op.code);
      if (name == "QUANTIZE" || name == "DEQUANTIZE")
        stands_for.at(static_cast<size_t>(op.outputs.at(0))) = op.inputs.at(0);
      else
        kept.push_back(op);
    }
    replaced(subgraph.outputs);
    subgraph.operators = std::move(kept);
    drop_unused_tensors(subgraph);
  }
  result.rest.clear();  // signatures, which name tensors by index
  return result;
}

void drop_unused_tensors(Subgraph& subgraph) {
  std::vector<std::vector<int32_t>*> lists = {&subgraph.inputs, &subgraph.outputs};
  for (Operator& op : subgraph.operators) {
    lists.push_back(&op.inputs);
    lists.push_back(&op.outputs);
  }
  std::vector<int32_t> place(subgraph.tensors.size(), -1);
  for (const auto* list : lists)
    for (const int32_t i : *list)
      if (i >= 0) place.at(static_cast<size_t>(i)) = 0;
  std::vector<Tensor> kept;
  for (size_t i = 0; i < place.size(); ++i) {
    if (place[i] < 0) continue;
    place[i] = static_cast<int32_t>(kept.size());
    kept.push_back(std::move(subgraph.tensors[i]));
  }
  subgraph.tensors = std::move(kept);
  for (auto* list : lists)
    for (int32_t& i : *list)
      if (i >= 0) i = place[static_cast<size_t>(i)];
}

}  // namespace inkling::host
