// What adapting a model learns from: takes of somebody's own, and enough of what the model knows that it does
// not forget. Leaves out learning.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/adapt/head.h"
#include "host/data/scenes.h"
#include "host/quantize/quantize.h"

namespace inkling::host {

struct AdaptSettings {
  std::filesystem::path model, dataset, out;
  std::filesystem::path keep;        ///< a dataset of what the model knows; empty: it is spoken anew
  std::vector<std::string> classes;  ///< what the model's outputs stand for, if it does not say
  std::vector<std::string> words;    ///< folders of the dataset that are labels; empty: all
  bool rehearse = true;              ///< false: nothing is done against forgetting
  bool whole = false;                ///< all layers learn, not only the last
  bool json = false;
  uint64_t seed = 1;
};

/// Everything that is needed to learn. The task's labels are the model's, then the dataset's new ones.
struct AdaptTask {
  AdaptSettings settings;
  graph::Graph model;
  Head head;  ///< as the model has it, with rows for the new labels that know nothing yet
  Quantization input;
  std::vector<std::string> labels;
  size_t n_old_labels = 0;
  size_t n_takes = 0;
  Examples examples;           ///< to learn from
  std::vector<float> weights;  ///< how much each example counts
  Examples takes;              ///< of the dataset, to judge with: it has learned from them
  Examples known;              ///< of what the model knew before, to judge with: it has not learned from them
};

/// Reads the model and the dataset: words (a model that takes rows of 40 features), motion (one whose
/// pipeline says so) or CLASS/*.npy for any other. Throws an Error that says what is wrong with either.
AdaptTask read_adapt_task(const AdaptSettings& settings);

/// Samples of the task's examples as real values, at most `n_most`.
std::vector<std::vector<float>> samples_of(const AdaptTask& task, size_t n_most);

}  // namespace inkling::host
