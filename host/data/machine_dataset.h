// A dataset of a machine's vibration or sound, normal and not, cut into windows of features. Leaves out
// learning.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/data/word_dataset.h"

namespace inkling::host {

/// How files become windows of features, for learning and evaluating alike.
struct MachineSettings {
  bool is_sound = false;            ///< else CSV files of an accelerometer or the like
  int32_t n_rows = 0;               ///< of samples of motion, or of features of sound, in a window
  int32_t n_channels = 0;           ///< of a row
  float counts_per_unit = 1;        ///< motion: what the numbers in the files are times, as 16-bit samples
  std::vector<std::string> normal;  ///< patterns (with * and ?) of the folders that hold normal states

  int32_t n_features() const;
  bool is_normal(const std::string& label) const;
};

struct MachineWindow {
  std::filesystem::path path;
  std::string label;  ///< the folder's name
  bool is_normal;
  Part part;
  std::vector<int16_t> features;
};

struct MachineDataset {
  std::vector<MachineWindow> windows;
  std::vector<std::string> skipped;  ///< messages about files that cannot be used

  std::vector<const MachineWindow*> normal(Part part) const;
};

/// What suits a dataset FOLDER/STATE/**/*.csv (motion) or .wav, .flac, .ogg (sound). Without patterns
/// `normal`, a folder named normal, ok, good or healthy is normal and nothing else is; without such a folder,
/// all are whose names have no anomal, abnormal, fault in them. `n_rows` 0: the rows of the shortest take, at
/// most 1024. Throws an Error if there are no files, files of both kinds, or no normal ones.
MachineSettings settings_of(const std::filesystem::path& folder, std::vector<std::string> normal,
                            int32_t n_rows);

/// The windows of all files. Of each folder's normal windows, in their order, the fourth tenth is for
/// validation and the eighth for the test: neighbours in time stay together. All that is not normal is for
/// the test. Throws an Error if more than a tenth of the files cannot be used.
MachineDataset read_machine_dataset(const std::filesystem::path& folder, const MachineSettings& settings);

}  // namespace inkling::host
