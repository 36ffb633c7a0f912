// The head of a classifier: its last layer, which tells classes by features that all layers before it have
// found. Leaves out learning.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/graph/graph.h"

namespace inkling::host {

struct Head {
  size_t op = 0;  ///< its index among the operators of the model
  int32_t n_features = 0;
  std::vector<float> weights;  ///< [bias.size(), n_features]
  std::vector<float> bias;     ///< one per label

  int32_t n_labels() const { return static_cast<int32_t>(bias.size()); }
};

/// Finds the last layer of a float or int8 model with one input, one output and one score per label: a
/// FULLY_CONNECTED, or a CONV_2D on a single point, behind which come only operators that keep labels apart
/// (softmax, reshape, ...). `name` is for messages. Throws an Error that says what there is instead.
Head find_head(const graph::Graph& model, const std::filesystem::path& name);

/// The model without its head: its output is what the head takes.
graph::Graph without_head(const graph::Graph& model, const Head& head);

/// The model with another head, which may have other labels. In an int8 model the head is quantized by
/// `features`, samples of what it takes; all layers before stay bit for bit.
graph::Graph with_head(const graph::Graph& model, const Head& head,
                       const std::vector<std::vector<float>>& features);

}  // namespace inkling::host
