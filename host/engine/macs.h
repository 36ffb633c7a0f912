// Multiply-accumulates of one operator: the usual measure of how much there is to compute. Leaves out
// additions, comparisons and table look-ups.
#pragma once
#include <cstdint>

#include "inkling/format/model.h"

namespace inkling::host {

/// The multiply-accumulates of one invocation of `op`; 0 for operators that are not sums of products. Padded
/// taps count like others.
int64_t macs_of(const Subgraph& graph, const Operator& op);

/// Of one invocation of the main subgraph of a model, which is known to be one.
int64_t macs_of_model(Bytes model);

}  // namespace inkling::host
