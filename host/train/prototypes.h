// Prototypes: the few states that normal examples gather around, and how far they stray from each. Leaves out
// the autoencoder.
#pragma once
#include <cstdint>
#include <vector>

#include "host/data/random.h"

namespace inkling::host {

using Vector = std::vector<float>;

struct Prototypes {
  std::vector<Vector> centers;
  std::vector<Vector> deviations;  ///< of the examples of each center, by feature

  /// The mean over the features of the squared distance, in deviations, from the nearest center.
  float distance(const Vector& example) const;
};

/// k-means (Lloyd's, started as k-means++), at most n centers. The fewer examples a center has, the more its
/// deviations are those of all centers; none is below half of `step`.
Prototypes find_prototypes(const std::vector<Vector>& examples, int32_t n, float step, Random random);

}  // namespace inkling::host
