// Folds PAD into the convolution that reads it, which then pads by itself - with its input's zero point, as
// PAD does.
#pragma once
#include <cstdint>

#include "host/graph/graph.h"

namespace inkling::host::graph {

/// Folds every PAD, and PADV2 with the zero point, of rows and columns of a quantized feature map that one
/// CONV_2D or DEPTHWISE_CONV_2D without padding reads, if SAME padding puts its windows at the same places.
/// The PADs stay behind without a reader. Returns how many were folded.
int32_t fold_padding(Graph* graph);

}  // namespace inkling::host::graph
