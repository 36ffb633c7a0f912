// The model of an anomaly detector as a graph: features in, one score out. Leaves out learning.
#pragma once
#include <vector>

#include "host/graph/graph.h"
#include "host/quantize/quantize.h"
#include "host/train/autoencoder.h"
#include "host/train/prototypes.h"

namespace inkling::host {

/// What standardized features stand for: 16ths of a deviation.
constexpr Quantization kStandardQuantization{1.0f / 16, 0};

/// What was learned of normal examples. Both distances are in limits: 1 is as far as normal examples go.
struct NormalState {
  std::vector<DenseLayer> autoencoder;
  Vector residual_deviations;  ///< by feature
  float residual_limit = 1;
  Prototypes prototypes;
  float prototype_limit = 1;

  /// The mean square of what the autoencoder fails to restore, in deviations.
  float residual_distance(const Vector& example) const;
};

/// The float model: [1, n_features] -> [1, 1], the larger of both distances, in limits. Its tensors carry the
/// quantization that they want in int8: a distance up to five limits, however large it really is.
graph::Graph anomaly_graph(const NormalState& state);

}  // namespace inkling::host
