// An autoencoder: a network that learns to say normal features again through a narrow middle, and fails with
// what is not normal. Leaves out what is made of its failures.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "host/train/prototypes.h"

namespace inkling::host {

/// output = weights * input + bias; ReLU behind all layers but the last.
struct DenseLayer {
  int32_t n_in, n_out;
  Vector weights, bias;  ///< weights: n_out rows of n_in
};

struct AutoencoderSettings {
  std::vector<int32_t> widths;  ///< of the layers between input and output
  int32_t n_epochs = 60;
  double rate = 3e-3;
  uint64_t seed = 1;
};

/// Learns to restore the examples from noisy ones. `on_epoch` is told the number of the epoch and the mean
/// squared error.
std::vector<DenseLayer> learn_autoencoder(const std::vector<Vector>& examples,
                                          const AutoencoderSettings& settings,
                                          const std::function<void(int32_t, double)>& on_epoch);

/// What the layers make of an example.
Vector restored(const std::vector<DenseLayer>& layers, Vector example);

}  // namespace inkling::host
