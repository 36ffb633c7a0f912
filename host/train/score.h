// How good a model is, as the device runs it. Leaves out streams: only single windows.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/data/scenes.h"
#include "host/engine/program.h"

namespace inkling::host {

/// counts[label][guess] of examples.
struct Confusion {
  std::vector<std::vector<int64_t>> counts;

  double accuracy() const;
  /// A table for people: a row for each label, a column for each guess.
  std::string text(const std::vector<std::string>& labels) const;
};

/// Runs a float or int8 model of words over the examples.
Confusion score(Program& program, const Examples& examples);

/// The real values of example number `i`, what float models take.
std::vector<float> real_features(const Examples& examples, int64_t i);

}  // namespace inkling::host
