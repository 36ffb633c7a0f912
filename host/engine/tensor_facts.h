// TensorFacts: what a model says of one tensor, in the desk's own types, and how to read its elements. Leaves
// out where the tensor lies.
#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "inkling/format/model.h"

namespace inkling::host {

struct TensorFacts {
  int32_t index = -1;  ///< in its subgraph; -1: an optional input that the model leaves out
  std::string name;
  Type type = Type::float32;
  std::vector<int32_t> shape;
  int32_t n_elements = 0, n_bytes = 0;
  std::vector<float>
      scales;  ///< real = scale * (q - zero_point); one, or one per slice along an axis; none: as it is
  std::vector<int32_t> zero_points;
  bool is_constant = false, is_variable = false;
};

/// Tensor `index` of a subgraph.
TensorFacts facts_of(const Subgraph& graph, int32_t index);
/// Several: the inputs or outputs of a subgraph or an operator.
std::vector<TensorFacts> facts_of(const Subgraph& graph, const Vector& indices);

/// "1x49x10x1"; "scalar" for rank 0.
std::string shape_text(const std::vector<int32_t>& shape);
/// "real = 0.5 * (q - 3)", "real = scale[64] * q", "" for tensors that are not quantized.
std::string quantization_text(const TensorFacts& tensor);

/// {tensor, name, type, shape, bytes, scale, zero_point}: scale and zero_point are numbers, arrays when there
/// are several, null when there are none.
nlohmann::ordered_json to_json(const TensorFacts& tensor);

/// All elements of a tensor's bytes as numbers (booleans as true and false); empty for types without numbers.
nlohmann::ordered_json values_json(Type type, const std::vector<uint8_t>& bytes, int32_t n_elements);

/// A name from a model, safe to print: control characters and broken UTF-8 become '?'.
std::string printable(const std::string& text);
/// The same, cut to `n_characters` with "..." at the end.
std::string shortened(const std::string& text, size_t n_characters);

}  // namespace inkling::host
