// Looks over a dataset of spoken words before anybody trains on it: what is there, and what looks wrong.
// Leaves out repairs.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace inkling::host {

/// A file that deserves a look, and why: "z_nohash_0.wav", "sounds like 'high' (5 of its 5 neighbours)".
struct Finding {
  std::filesystem::path path;
  std::string what;
};

/// What is in a folder WORD/.
struct ClassFacts {
  std::string label;
  int64_t n_clips = 0;
  int64_t n_speakers = 0;
  int64_t n_train = 0, n_validation = 0, n_test = 0;
  double shortest_s = 0, median_s = 0, longest_s = 0, total_s = 0;
};

struct DatasetCheck {
  std::vector<ClassFacts> classes;
  std::vector<Finding> unreadable;
  std::vector<Finding> silent;      ///< nothing louder than -50 dB, or nothing that stands out
  std::vector<Finding> clipped;     ///< three and more samples in a row at full scale, ten times and more
  std::vector<Finding> duplicates;  ///< the same samples as an earlier file
  std::vector<Finding> suspicious;  ///< sounds like another class
  std::vector<std::string> advice;  ///< about the dataset as a whole: few clips, few speakers, no noises

  bool is_clean() const;
};

/// Checks the folders of a dataset in the layout of Speech Commands. A clip is suspicious when at least four
/// of the five clips of other speakers that are most like it belong to one other class, and none to its own;
/// not asked of folders with an underscore in front, which may hold anything. Throws an Error if there are no
/// clips.
DatasetCheck check_words(const std::filesystem::path& folder,
                         const std::function<void(int64_t n_done, int64_t n_all)>& on_clip);

}  // namespace inkling::host
