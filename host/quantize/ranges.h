// Calibration: the ranges that a model's activations take. Leaves out what is made of them.
#pragma once
#include <vector>

#include "host/graph/graph.h"

namespace inkling::host {

struct Range {
  float low = 0;
  float high = 0;
};

/// The lowest and highest value (and 0) of each tensor of the model's subgraph over `samples`, by the engine
/// of the device. Throws an Error when the model does not load.
std::vector<Range> activation_ranges(const graph::Graph& model,
                                     const std::vector<std::vector<float>>& samples);

}  // namespace inkling::host
