// Who reads the tensors of a subgraph: what rewrites must know before they take one away.
#pragma once
#include <cstdint>
#include <vector>

#include "host/graph/graph.h"

namespace inkling::host::graph {

class Uses {
 public:
  explicit Uses(const Subgraph& graph);

  /// How often a tensor is read by an operator, or by the caller as an output.
  int32_t n(int32_t tensor) const { return tensor < 0 ? 0 : n_[static_cast<size_t>(tensor)]; }
  /// The operator that writes a tensor, -1 if none does.
  int32_t producer(int32_t tensor) const { return tensor < 0 ? -1 : producers_[static_cast<size_t>(tensor)]; }

 private:
  std::vector<int32_t> n_, producers_;
};

inline Tensor& tensor_at(Subgraph& graph, int32_t i) {
  return graph.tensors[static_cast<size_t>(i)];
}

/// Whether two tensors mean the same by the same numbers: type, scales and zero points.
bool same_numbers(const Tensor& a, const Tensor& b);

/// Whether a tensor holds numbers of 8 or 16 bits with one scale.
bool is_quantized(const Tensor& tensor);

}  // namespace inkling::host::graph
