// Removes channels that hold one value whatever the input is - dead after a RELU, or without weights - and
// channels that nobody reads. What a constant channel adds to the next layer goes into that layer's bias, so
// every output stays bit for bit the same.
#pragma once
#include <cstdint>

#include "host/graph/graph.h"

namespace inkling::host::graph {

/// Removes them from chains of int8 CONV_2D, DEPTHWISE_CONV_2D and 2-D pooling in the main subgraph;
/// everything else is left as it is. Returns how many channels are gone, summed over all layers' outputs.
///
/// A channel is constant when the bounds of its sum, from the bounds of its inputs, requantize to one value.
/// With value v it enters a layer as sum(w * (v - input_zero_point)) to the bias; where that layer pads, this
/// holds only for v == input_zero_point, and other channels stay.
int32_t remove_constant_channels(Graph* graph);

}  // namespace inkling::host::graph
