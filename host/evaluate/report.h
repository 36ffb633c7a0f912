// An evaluation as a page for people: one file, index.html, that fetches nothing. Leaves out the counting.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/bench/measure.h"
#include "host/evaluate/word_clips.h"
#include "host/evaluate/word_stream.h"

namespace inkling::host {

struct Evaluation {
  std::string model;
  std::optional<JudgedClips> clips;
  std::optional<StreamScore> stream;
  std::vector<HeardLabel> heard;      ///< in the streams
  uint8_t threshold = 0;              ///< of 255, in the streams
  std::vector<ModelCost> costs = {};  ///< on the boards that were asked for
};

/// Writes `folder`/index.html: the confusion matrix, the ROC of each word, the mistakes that the model was
/// surest of with their sound and features, and the stream's score. Makes the folder if need be.
void write_report(const Evaluation& evaluation, const std::filesystem::path& folder);

}  // namespace inkling::host
