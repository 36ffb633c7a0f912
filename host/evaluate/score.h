// How good a model is, in counts. Leaves out where the guesses come from.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/data/scenes.h"
#include "host/engine/program.h"
#include "host/quantize/quantize.h"

namespace inkling::host {

/// counts[label][guess] of items.
struct Confusion {
  std::vector<std::vector<int64_t>> counts;

  explicit Confusion(size_t n_labels) : counts(n_labels, std::vector<int64_t>(n_labels)) {}

  int64_t total() const;
  /// The share of the items whose guess is right; 0 without items.
  double accuracy() const;
  /// How many items have the label.
  int64_t count(size_t label) const;
  /// The share of the label's items that were recognized; 0 without items.
  double recall(size_t label) const;
  /// The share of the guesses of this label that are right; 0 without guesses.
  double precision(size_t label) const;
  /// A table for people: a row for each label, a column for each guess.
  std::string text(const std::vector<std::string>& labels) const;
};

/// The area under the ROC curve: how probably a hit scores higher than a miss, ties counting half. Nothing
/// without both.
std::optional<double> area_under_roc(const std::vector<float>& scores, const std::vector<bool>& are_hits);

/// The scores, 0 .. 1, that a loaded float or int8 model gives to a window of int8 features. `quantization`
/// is what they stand for; an int8 model takes them as they are.
std::vector<float> scores_of(Program& program, const int8_t* features, Quantization quantization);

/// Runs a float or int8 model over the examples.
Confusion score(Program& program, const Examples& examples, Quantization quantization);

/// The real values of example number `i`, what float models take.
std::vector<float> real_values(const Examples& examples, int64_t i, Quantization quantization);

}  // namespace inkling::host
