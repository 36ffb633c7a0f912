// Learning a head: softmax regression on features that stay as they are. Leaves out where they come from.
#pragma once
#include <cstdint>
#include <vector>

#include "host/adapt/head.h"

namespace inkling::host {

/// Rows of features with what they are and how much each counts.
struct WeightedRows {
  std::vector<std::vector<float>> features;
  std::vector<int32_t> labels;
  std::vector<float> weights;
};

/// Fits the head to the rows, starting from what it is; the less a label's row has to learn, the less it
/// changes. Equal rows, head and seed give the same head.
void fit(Head& head, const WeightedRows& rows, uint64_t seed);

}  // namespace inkling::host
