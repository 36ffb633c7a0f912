// A model of words on the desk: sound in, scores out, with the front end and the engine of the device. Leaves
// out what follows from scores.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/engine/program.h"

namespace inkling::host {

/// A sound as a device hears it: digital silence, of which the front end would make a room without any noise,
/// becomes faint noise.
std::vector<int16_t> as_heard(std::vector<int16_t> samples);

class WordModel {
 public:
  /// Where a window begins and what the model says about it.
  struct Moment {
    int32_t first_row;
    std::vector<float> scores;
  };

  /// Throws an Error if the file is no model that takes rows of 40 features (float or int8) and gives a score
  /// per label.
  WordModel(const std::filesystem::path& path, std::vector<std::string> labels);

  const std::vector<std::string>& labels() const { return labels_; }
  int32_t n_rows() const { return n_rows_; }
  /// The samples that a window shows.
  int32_t window_samples() const;
  /// The time at which the window of a moment is complete.
  uint32_t end_ms(const Moment& moment) const;

  /// What the model says over a sound, every 80 ms from the first full window on.
  std::vector<Moment> hear(const std::vector<int16_t>& samples);

 private:
  ModelFile file_;
  Program program_;
  std::vector<std::string> labels_;
  int32_t n_rows_;
};

}  // namespace inkling::host
