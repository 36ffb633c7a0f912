// The state of a run of learning in a file, so that an interrupted run goes on. Leaves out learning.
#pragma once
#include <torch/torch.h>

#include <filesystem>
#include <string>

#include "host/train/learn.h"

namespace inkling::host {

/// What a run depends on - network, examples, settings - in a number, as text.
std::string fingerprint(const NetworkPlan& plan, const Examples& examples, int32_t n_labels,
                        const LearnSettings& settings);

class Checkpoint {
 public:
  /// An empty path keeps and restores nothing. `task` tells runs apart.
  Checkpoint(std::filesystem::path path, std::string task) : path_(std::move(path)), task_(std::move(task)) {}

  /// Brings network and optimizer to where the run was left. Returns how many epochs it had done: 0 without a
  /// checkpoint, with one of another task, or a damaged one.
  int32_t restore(torch::nn::Module& network, torch::optim::Optimizer& optimizer) const;
  /// Replaces the file. Throws an Error when it cannot be written.
  void keep(int32_t n_epochs_done, const torch::nn::Module& network,
            const torch::optim::Optimizer& optimizer) const;

 private:
  std::filesystem::path path_;
  std::string task_;
};

}  // namespace inkling::host
