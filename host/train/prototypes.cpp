// k-means and variances, see prototypes.h.
#include "host/train/prototypes.h"

#include <algorithm>
#include <cmath>

namespace inkling::host {
namespace {

constexpr int32_t kRounds = 30;
/// So many examples of the mean of all centers are added to each center's own.
constexpr float kShared = 8;

float squared_distance(const Vector& a, const Vector& b) {
  float sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

size_t nearest(const std::vector<Vector>& centers, const Vector& example) {
  size_t best = 0;
  for (size_t k = 1; k < centers.size(); ++k)
    if (squared_distance(centers[k], example) < squared_distance(centers[best], example)) best = k;
  return best;
}

/// The first centers are examples, each the likelier the farther it is from those before it.
std::vector<Vector> first_centers(const std::vector<Vector>& examples, size_t n, Random& random) {
  std::vector<Vector> centers = {random.pick(examples)};
  while (centers.size() < n) {
    std::vector<double> up_to;
    double sum = 0;
    for (const Vector& example : examples)
      up_to.push_back(sum += squared_distance(centers[nearest(centers, example)], example));
    if (!(sum > 0)) break;  // all examples are centers
    const double at = random.uniform(0, sum);
    const auto chosen = std::upper_bound(up_to.begin(), up_to.end(), at) - up_to.begin();
    centers.push_back(examples[std::min(static_cast<size_t>(chosen), examples.size() - 1)]);
  }
  return centers;
}

/// Moves each center to the mean of its examples; returns how many it has.
std::vector<float> move_centers(const std::vector<Vector>& examples, const std::vector<size_t>& owners,
                                std::vector<Vector>& centers) {
  std::vector<Vector> sums(centers.size(), Vector(centers[0].size()));
  std::vector<float> counts(centers.size());
  for (size_t j = 0; j < examples.size(); ++j) {
    counts[owners[j]] += 1;
    for (size_t i = 0; i < examples[j].size(); ++i) sums[owners[j]][i] += examples[j][i];
  }
  for (size_t k = 0; k < centers.size(); ++k)
    for (size_t i = 0; i < centers[k].size() && counts[k] > 0; ++i) centers[k][i] = sums[k][i] / counts[k];
  return counts;
}

}  // namespace

float Prototypes::distance(const Vector& example) const {
  float least = INFINITY;
  for (size_t k = 0; k < centers.size(); ++k) {
    float sum = 0;
    for (size_t i = 0; i < example.size(); ++i) {
      const float off = (example[i] - centers[k][i]) / deviations[k][i];
      sum += off * off;
    }
    least = std::min(least, sum / static_cast<float>(example.size()));
  }
  return least;
}

Prototypes find_prototypes(const std::vector<Vector>& examples, int32_t n, float step, Random random) {
  Prototypes found;
  found.centers = first_centers(examples, static_cast<size_t>(n), random);
  std::vector<size_t> owners(examples.size());
  std::vector<float> counts;
  for (int32_t round = 0; round < kRounds; ++round) {
    for (size_t j = 0; j < examples.size(); ++j) owners[j] = nearest(found.centers, examples[j]);
    counts = move_centers(examples, owners, found.centers);
  }
  const size_t n_features = examples.at(0).size();
  found.deviations.assign(found.centers.size(), Vector(n_features));
  Vector shared(n_features);
  for (size_t j = 0; j < examples.size(); ++j)
    for (size_t i = 0; i < n_features; ++i) {
      const float off = examples[j][i] - found.centers[owners[j]][i];
      found.deviations[owners[j]][i] += off * off;
      shared[i] += off * off / static_cast<float>(examples.size());
    }
  for (size_t k = 0; k < found.centers.size(); ++k)
    for (size_t i = 0; i < n_features; ++i) {
      float& deviation = found.deviations[k][i];
      deviation = (deviation + kShared * shared[i]) / (counts[k] + kShared);
      deviation = std::max(std::sqrt(deviation), step / 2);
    }
  return found;
}

}  // namespace inkling::host
