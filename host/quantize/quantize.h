// Post-training quantization: a float model becomes one of integers. Leaves out training and every operator
// that the table in quantize.cpp does not list.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "host/graph/graph.h"

namespace inkling::host {

/// Real value = scale * (q - zero_point).
struct Quantization {
  float scale = 1;
  int32_t zero_point = 0;

  /// The nearest step.
  int8_t operator()(float value) const;
  int16_t in_int16(float value) const;
  constexpr float real(int8_t q) const { return scale * static_cast<float>(q - zero_point); }
};

/// -128 .. 127 from `low` to `high`, with 0 exactly at a step; 1 and 0 if there is nothing between.
Quantization quantization_of(float low, float high);

/// How wide activations are; weights have 8 bits in either case.
enum class Activations : uint8_t {
  int8,
  int16,  ///< symmetric, biases of 64 bits: more exact, twice the arena and slower
};

/// The model in integers, as the TensorFlow Lite quantization specification wants it: weights symmetric, of
/// convolutions per output channel, of fully connected layers per tensor; biases int32; activations with the
/// ranges that they have over `samples`, each one input of the float model. The model has one subgraph, one
/// input and one output. `input` is the input's quantization, for data that exists in int8 already; without
/// it, the input's range over the samples. A float activation that carries a scale and a zero point already
/// keeps them, whatever its range. Throws an Error for operators that are not in the table in quantize.cpp,
/// other types, or without samples.
graph::Graph quantize(const graph::Graph& model, const std::vector<std::vector<float>>& samples,
                      std::optional<Quantization> input, Activations activations = Activations::int8);

}  // namespace inkling::host
