// How much a model computes, in multiply-accumulates. Leaves out operators that only look at each element.
#pragma once
#include <cstdint>

#include "inkling/format/model.h"

namespace inkling::host {

/// The multiply-accumulates of one operator: one for each weight that meets an input, padding included. 0 for
/// operators without weights.
int64_t macs_of(const Subgraph& graph, const Operator& op);

}  // namespace inkling::host
