// A dataset of motion on disk: gestures, or a machine's vibration, as CSV files. Leaves out sounds and
// learning.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/data/scenes.h"

namespace inkling::host {

struct Take {
  std::filesystem::path path;
  int32_t label;
  Part part;
  std::vector<float> values;  ///< rows of channels, one row after the other
};

struct MotionDataset {
  std::vector<std::string> labels;  ///< by the alphabet
  int32_t n_channels = 0;
  std::vector<Take> takes;
};

/// The takes of one CSV file, see read_motion_dataset.
struct CsvTakes {
  int32_t n_channels = 0;
  std::vector<std::vector<float>> takes;
};
CsvTakes read_csv(const std::filesystem::path& path, int32_t take_rows);

/// Reads FOLDER/CLASS/*.csv, or FOLDER/CLASS.csv: a row of numbers per line, separated by commas, semicolons
/// or blanks, with or without a heading; a column that is headed time, t or timestamp is left out. Empty
/// lines part the takes of a file; with `take_rows`, so many rows make a take and a shorter rest at the end
/// is left out. A take's part is a hash of its name and number. Throws an Error that names file and line.
MotionDataset read_motion_dataset(const std::filesystem::path& folder, int32_t take_rows);

/// How takes become int8 windows: each has as many rows, however long the take was, and each channel, less
/// its mean, is counted in 32nds of its deviation.
struct MotionScale {
  int32_t n_rows = 64;
  std::vector<float> means, deviations;

  /// Of the takes to learn from.
  static MotionScale of(const MotionDataset& dataset);
  int32_t n_channels() const { return static_cast<int32_t>(means.size()); }
  std::vector<int8_t> window(const std::vector<float>& take) const;
};
constexpr float kMotionStep = 1.0f / 32;

/// A take as somebody else might have made it: at another time in its window, faster or slower, larger or
/// smaller, with the sensor held somewhat askew (each three channels are turned together), with noise.
std::vector<float> varied(const std::vector<float>& take, const MotionScale& scale, Random& random);

/// Windows of the takes of a part, each varied `n_variants` times; as they are if that is 0.
Examples motion_examples(const MotionDataset& dataset, Part part, const MotionScale& scale,
                         int32_t n_variants, Random random);

}  // namespace inkling::host
