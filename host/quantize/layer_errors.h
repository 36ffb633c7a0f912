// What quantization costs, layer by layer. Leaves out what it costs in accuracy: host/evaluate.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/graph/graph.h"

namespace inkling::host {

struct LayerError {
  int32_t op;
  std::string name;    ///< of the operator
  std::string output;  ///< the name of its output
  double scale;        ///< a step of the output
  double rms;          ///< of the float output
  double error;        ///< the root of the mean square of the difference between int8 and float
};

/// Runs a float model and the int8 model that quantize() made of it, operator by operator, over the samples.
/// An operator's error includes what came in from those before it.
std::vector<LayerError> layer_errors(const graph::Graph& in_float, const graph::Graph& in_int8,
                                     const std::vector<std::vector<float>>& samples);

}  // namespace inkling::host
