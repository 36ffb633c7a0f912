// The verifier of the FlatBuffers library, and the values of unions.
#include "host/graph/well_formed.h"

#include <algorithm>

#include "schema_generated.h"

namespace inkling::host::graph {
namespace {

// A type without a value, or the other way round. The verifier lets that pass, unpacking does not.
template <class Type>
bool is_half(Type type, const void* value) {
  return (type == Type::NONE) != (value == nullptr);
}

bool has_half_union(const tflite::Tensor& tensor) {
  const auto* quantization = tensor.quantization();
  if (quantization && is_half(quantization->details_type(), quantization->details())) return true;
  const auto* sparsity = tensor.sparsity();
  if (!sparsity || !sparsity->dim_metadata()) return false;
  for (const auto* dim : *sparsity->dim_metadata())
    if (is_half(dim->array_segments_type(), dim->array_segments()) ||
        is_half(dim->array_indices_type(), dim->array_indices()))
      return true;
  return false;
}

bool has_half_union(const tflite::Operator& op) {
  return is_half(op.builtin_options_type(), op.builtin_options()) ||
         is_half(op.builtin_options_2_type(), op.builtin_options_2());
}

bool has_half_union(const tflite::Model& model) {
  const auto any = [](const auto* tables, auto is_bad) {
    return tables && std::any_of(tables->begin(), tables->end(), is_bad);
  };
  const auto is_bad = [](const auto* table) { return has_half_union(*table); };
  return any(model.subgraphs(), [&](const tflite::SubGraph* graph) {
    return any(graph->tensors(), is_bad) || any(graph->operators(), is_bad);
  });
}

}  // namespace

bool is_well_formed(Bytes bytes) {
  const auto size = static_cast<size_t>(bytes.size);
  flatbuffers::Verifier verifier(bytes.data, size, 64, 10'000'000);
  return size >= 8 && tflite::VerifyModelBuffer(verifier) && !has_half_union(*tflite::GetModel(bytes.data));
}

}  // namespace inkling::host::graph
