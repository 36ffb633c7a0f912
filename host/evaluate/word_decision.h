// How a model of words decides: what its pipeline says about thresholds and smoothing. Leaves out deciding:
// inkling/decide.
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>

#include "inkling/decide/word_settings.h"

namespace inkling::host {

struct WordDecision {
  uint8_t threshold = kWordThreshold;  ///< the mean score, of 255, at which a word is reported
  uint32_t smoothing_ms = kWordSettings.window_ms;

  /// The decider's settings.
  DecideSettings settings() const;
};

/// The pipeline of a model that hears words with the front end of the device and decides so.
nlohmann::json word_pipeline(const WordDecision& decision);

/// What the model's pipeline says; the default for what it does not say. Throws an Error if it makes no
/// sense.
WordDecision read_decision(const std::filesystem::path& model);

/// Writes the decision into the model's pipeline; `labels` are the model's. All else stays as it is, but for
/// files that its metadata associates besides the labels.
void write_decision(const std::filesystem::path& model, const WordDecision& decision,
                    const std::vector<std::string>& labels);

}  // namespace inkling::host
