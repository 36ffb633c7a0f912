// How well a model of words knows the clips of a dataset. Leaves out long sounds: word_stream.h.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/data/word_dataset.h"
#include "host/evaluate/score.h"
#include "host/evaluate/word_model.h"

namespace inkling::host {

/// A clip and what the model says about it.
struct JudgedClip {
  std::filesystem::path path;
  size_t label;
  size_t guess;
  std::vector<float> scores;  ///< 0 .. 1, one per label of the model
};

struct JudgedClips {
  std::vector<std::string> labels;  ///< the model's, and "unknown" behind them if it has none
  std::vector<JudgedClip> clips;
  std::vector<std::string> skipped;  ///< messages about files that are no sounds
  bool are_sounds = true;            ///< else takes of motion
  std::optional<double> auc;         ///< of anomalies against what is normal

  Confusion confusion() const;
};

/// The clips of the dataset, WORD/*, or of a part of it. A clip's label is its folder's name, with or without
/// underscores around it; what the model does not know is "unknown"; _background_noise_ is left out.
/// Throws an Error if there are none, or if more than a tenth of the files are no sounds.
JudgedClips judge_clips(WordModel& model, const std::filesystem::path& dataset, std::optional<Part> part,
                        const std::function<void(int64_t n_done, int64_t n_all)>& on_clip);

/// The mean scores of a clip over the windows that show all that is said in it, or, if it is longer than a
/// window, over the one in its middle.
std::vector<float> clip_scores(WordModel& model, const std::vector<int16_t>& clip);

/// Whether a label stands for something said that is known.
bool is_word(const std::string& label);

/// A label without the underscores around it and with spaces for those within.
std::string plain_label(std::string label);

}  // namespace inkling::host
