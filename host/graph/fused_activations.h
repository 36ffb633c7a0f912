// Fuses RELU and its kin into the layer in front, whose clamp then does it.
#pragma once
#include <cstdint>

#include "host/graph/graph.h"

namespace inkling::host::graph {

/// Fuses every RELU, RELU6 and RELU_N1_TO_1 of quantized numbers that keeps scale and zero point of its
/// input, if that comes from a CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED or ADD without an activation and
/// nobody else reads it: both clamp to the same quantized bounds. Returns how many.
int32_t fuse_activations(Graph* graph);

}  // namespace inkling::host::graph
