// Tensors for graphs that are made from nothing. Leaves out operators: graph.h.
#pragma once
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "host/graph/graph.h"

namespace inkling::host::graph {

/// What an operator computes: float values of that shape.
inline Tensor activation_tensor(std::string name, std::vector<int32_t> shape) {
  Tensor tensor;
  tensor.name = std::move(name);
  tensor.shape = std::move(shape);
  return tensor;
}

/// A constant, float or int32.
template <class T>
Tensor constant_tensor(std::string name, std::vector<int32_t> shape, const std::vector<T>& values) {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, int32_t>);
  Tensor tensor = activation_tensor(std::move(name), std::move(shape));
  tensor.type = std::is_same_v<T, float> ? Type::float32 : Type::int32;
  tensor.data.resize(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(tensor.data.data(), values.data(), tensor.data.size());
  return tensor;
}

}  // namespace inkling::host::graph
