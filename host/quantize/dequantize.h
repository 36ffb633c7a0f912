// The way back: an int8 model becomes a float one, to be trained further. Leaves out everything that
// quantization has rounded away.
#pragma once
#include <vector>

#include "host/graph/graph.h"

namespace inkling::host {

/// The real values of a constant: float32 as they are, int8 and int32 by their scales. Throws an Error for
/// other types and for integers without scales.
std::vector<float> real_constant(const graph::Tensor& tensor);

/// The model in float. QUANTIZE and DEQUANTIZE drop out; a float model stays as it is. Throws an Error for
/// activations that are neither float32 nor int8.
graph::Graph dequantize(const graph::Graph& model);

/// Removes the tensors that nothing of the subgraph reads or writes.
void drop_unused_tensors(graph::Subgraph& subgraph);

}  // namespace inkling::host
