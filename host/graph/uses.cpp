// One walk over the operators.
#include "host/graph/uses.h"

namespace inkling::host::graph {

Uses::Uses(const Subgraph& graph) : n_(graph.tensors.size(), 0), producers_(graph.tensors.size(), -1) {
  for (size_t i = 0; i < graph.operators.size(); ++i) {
    for (const int32_t input : graph.operators[i].inputs)
      if (input >= 0) ++n_[static_cast<size_t>(input)];
    for (const int32_t output : graph.operators[i].outputs)
      if (output >= 0) producers_[static_cast<size_t>(output)] = static_cast<int32_t>(i);
  }
  for (const int32_t output : graph.outputs) ++n_[static_cast<size_t>(output)];
}

bool same_numbers(const Tensor& a, const Tensor& b) {
  return a.type == b.type && a.scales == b.scales && a.zero_points == b.zero_points;
}

bool is_quantized(const Tensor& tensor) {
  return (tensor.type == Type::int8 || tensor.type == Type::int16) && tensor.scales.size() == 1 &&
         tensor.zero_points.size() == 1 && !tensor.is_variable;
}

}  // namespace inkling::host::graph
