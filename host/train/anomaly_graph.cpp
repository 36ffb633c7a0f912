// Distances as elementwise operators, so that any engine for .tflite computes them.
#include "host/train/anomaly_graph.h"

#include <cmath>

#include "host/graph/build.h"

namespace inkling::host {
namespace {

using graph::activation_tensor;
using graph::constant_tensor;
using graph::Operator;
using graph::Options;
using graph::Subgraph;
using Ids = std::vector<int32_t>;

constexpr Quantization kOff{1.0f / 32, 0};          // in roots of limits, up to 4
constexpr Quantization kSquare{1.0f / 16, -128};    // up to 16
constexpr Quantization kDistance{1.0f / 50, -128};  // up to 5

int32_t size_of(const Vector& values) {
  return static_cast<int32_t>(values.size());
}

/// Adds operators to a graph, each with one output that is quantized as told.
struct Builder {
  Subgraph& subgraph;

  int32_t constant(const std::string& name, Ids shape, const Vector& values) {
    return subgraph.add(constant_tensor(name, std::move(shape), values));
  }
  int32_t add(const char* op, const char* options, const std::string& name, Ids inputs, Ids shape,
              Quantization quantization) {
    graph::Tensor tensor = activation_tensor(name, std::move(shape));
    tensor.scales = {quantization.scale};
    tensor.zero_points = {quantization.zero_point};
    const int32_t out = subgraph.add(std::move(tensor));
    subgraph.operators.emplace_back(op, std::move(inputs), Ids{out}, Options(options));
    return out;
  }
  int32_t reduce(const char* op, const std::string& name, int32_t from, int32_t axis, Ids shape) {
    const int32_t axes = subgraph.add(constant_tensor(name + "/axis", {1}, Ids{axis}));
    const int32_t out = add(op, "ReducerOptions", name, {from, axes}, std::move(shape), kDistance);
    subgraph.operators.back().options.set("keep_dims", 1);
    return out;
  }
  /// The mean over the columns of the squares of `off` times `weights`.
  int32_t distance(const std::string& name, int32_t off, int32_t weights, int32_t n_rows, int32_t n_columns) {
    const int32_t weighted =
        add("MUL", "MulOptions", name + "/weighted", {off, weights}, {n_rows, n_columns}, kOff);
    const int32_t square =
        add("MUL", "MulOptions", name + "/square", {weighted, weighted}, {n_rows, n_columns}, kSquare);
    return reduce("MEAN", name + "/mean", square, 1, {n_rows, 1});
  }
};

int32_t add_autoencoder(Builder& builder, const std::vector<DenseLayer>& layers, int32_t input) {
  constexpr int kRelu = 1;
  int32_t at = input;
  for (size_t i = 0; i < layers.size(); ++i) {
    const DenseLayer& layer = layers[i];
    const std::string name = "restore_" + std::to_string(i);
    const int32_t weights = builder.constant(name + "/weights", {layer.n_out, layer.n_in}, layer.weights);
    const int32_t bias = builder.constant(name + "/bias", {layer.n_out}, layer.bias);
    at = builder.add("FULLY_CONNECTED", "FullyConnectedOptions", name, {at, weights, bias}, {1, layer.n_out},
                     kStandardQuantization);
    if (i + 1 == layers.size()) break;
    graph::Tensor& hidden = builder.subgraph.tensors[static_cast<size_t>(at)];
    hidden.scales.clear();  // measured
    hidden.zero_points.clear();
    builder.subgraph.operators.back().options.set("fused_activation_function", kRelu);
  }
  return at;
}

/// One over the deviations, so that a distance of `limit` becomes 1.
Vector weights_of(const Vector& deviations, float limit) {
  Vector weights;
  for (const float deviation : deviations) weights.push_back(1 / (deviation * std::sqrt(limit)));
  return weights;
}

Vector joined(const std::vector<Vector>& rows) {
  Vector all;
  for (const Vector& row : rows) all.insert(all.end(), row.begin(), row.end());
  return all;
}

}  // namespace

float NormalState::residual_distance(const Vector& example) const {
  const Vector again = restored(autoencoder, example);
  float sum = 0;
  for (size_t i = 0; i < example.size(); ++i) {
    const float off = (example[i] - again[i]) / residual_deviations[i];
    sum += off * off;
  }
  return sum / static_cast<float>(example.size());
}

graph::Graph anomaly_graph(const NormalState& state) {
  graph::Graph graph;
  graph.description = "How far features of a machine are from all that is normal; 1 is the limit";
  Builder builder{graph.subgraphs.emplace_back()};
  builder.subgraph.name = "main";
  const int32_t n = size_of(state.residual_deviations);
  const auto n_prototypes = static_cast<int32_t>(state.prototypes.centers.size());
  const int32_t features = builder.subgraph.add_input(activation_tensor("features", {1, n}));

  const int32_t again = add_autoencoder(builder, state.autoencoder, features);
  const int32_t residual =
      builder.add("SUB", "SubOptions", "residual", {features, again}, {1, n}, kStandardQuantization);
  const int32_t residual_weights = builder.constant(
      "residual/weights", {1, n}, weights_of(state.residual_deviations, state.residual_limit));
  const int32_t from_itself = builder.distance("residual", residual, residual_weights, 1, n);

  const int32_t centers = builder.constant("prototypes", {n_prototypes, n}, joined(state.prototypes.centers));
  const int32_t off = builder.add("SUB", "SubOptions", "prototypes/off", {features, centers},
                                  {n_prototypes, n}, kStandardQuantization);
  const int32_t weights =
      builder.constant("prototypes/weights", {n_prototypes, n},
                       weights_of(joined(state.prototypes.deviations), state.prototype_limit));
  const int32_t from_each = builder.distance("prototypes", off, weights, n_prototypes, n);
  const int32_t from_nearest = builder.reduce("REDUCE_MIN", "nearest", from_each, 0, {1, 1});

  const int32_t score = builder.add("MAXIMUM", "MaximumMinimumOptions", "score", {from_itself, from_nearest},
                                    {1, 1}, kDistance);
  builder.subgraph.outputs = {score};
  return graph;
}

}  // namespace inkling::host
