// The examples behind adapting: a dataset's takes in variants, and what is rehearsed. Leaves out models.
#pragma once
#include <string>
#include <vector>

#include "host/adapt/task.h"

namespace inkling::host {

struct Takes {
  std::vector<std::string> labels;  ///< the model's, then the new ones by the alphabet
  Quantization input;               ///< of the examples' features
  size_t n_takes = 0;
  Examples varied, plain;     ///< the dataset's takes, in variants to learn from and few to judge with
  Examples rehearsed, known;  ///< what the model knows already: to learn from, to judge with
};

/// Reads the takes of the settings' dataset for a model with these labels.
Takes read_takes(const AdaptSettings& settings, const graph::Graph& model,
                 const std::vector<std::string>& labels);

}  // namespace inkling::host
