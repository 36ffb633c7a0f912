// Learning: examples in, a trained network out. Leaves out where examples come from and what becomes of the
// network.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>

#include "host/data/scenes.h"
#include "host/graph/graph.h"
#include "host/train/network.h"

namespace inkling::host {

struct LearnSettings {
  int32_t n_epochs = 10;
  int32_t batch = 64;
  double rate = 3e-3;
  uint64_t seed = 1;
  std::filesystem::path checkpoint;  ///< where the state is kept after each epoch; empty: nowhere
};

/// What is said after each epoch: its number, the mean loss on the training examples, the accuracy (0 .. 1)
/// on the validation examples.
using OnEpoch = std::function<void(int32_t epoch, double loss, double accuracy)>;

/// A float model of the plan that has learned the examples; rare labels count as much as half-frequent ones.
/// Equal examples and settings give the same model, on one kind of machine: it learns on one processor, so
/// that sums keep their order. A run that was interrupted goes on behind the last epoch that its checkpoint
/// holds and ends with the same model; the checkpoint of another task is overwritten.
graph::Graph learn(const NetworkPlan& plan, const Examples& train, const Examples& validation,
                   int32_t n_labels, const LearnSettings& settings, const OnEpoch& on_epoch);

}  // namespace inkling::host
