// Takes out conversions that give back what they got, and operators whose results nobody reads.
#pragma once
#include <cstdint>

#include "host/graph/graph.h"

namespace inkling::host::graph {

/// Lets those who read a QUANTIZE after a DEQUANTIZE, or a QUANTIZE alone, with the scale, zero point and
/// type that it started from, read the start: scale * q / scale, rounded, is q. An output of the model stays.
/// Returns how many were bypassed.
int32_t bypass_round_trips(Graph* graph);

/// Removes operators whose results nobody reads, but for those with effects: variables, other subgraphs, and
/// custom operators. Returns how many.
int32_t remove_dead_operators(Graph* graph);

}  // namespace inkling::host::graph
