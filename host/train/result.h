// From a learned network to a .tflite file and its scores. Leaves out learning.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/data/scenes.h"
#include "host/train/learn.h"

namespace inkling::host {

/// What every family's verb asks for.
struct TrainOptions {
  std::string folder, model;
  LearnSettings learn;
  bool json = false;
};

/// Examples to learn from, to watch, and to judge with.
struct Parts {
  Examples train, validation, test;
};

/// The int8 model of a float one, calibrated with some hundred of the examples.
graph::Graph in_int8(const graph::Graph& model, const Examples& examples, Quantization input);

/// Learns, quantizes, writes options.model with its labels, and prints how good it is on the examples to
/// judge with. `pipeline`, what is done to data before the model sees it, goes into the model's metadata
/// (host/graph/pipeline.h) with the command, the seed and the accuracy.
void train_and_report(const NetworkPlan& plan, const Parts& parts, const std::vector<std::string>& labels,
                      nlohmann::json pipeline, const TrainOptions& options);

}  // namespace inkling::host
