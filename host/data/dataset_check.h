// Looks over a dataset before anybody trains on it: what is there, and what looks wrong.
// Leaves out repairs.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "host/data/item_facts.h"

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
  double shortest_s = 0, median_s = 0, longest_s = 0, total_s = 0;  ///< as ItemFacts::size
};

struct DatasetCheck {
  DatasetKind kind = DatasetKind::words;
  std::vector<ClassFacts> classes;
  std::vector<Finding> unreadable;
  std::vector<Finding> silent;      ///< nothing louder than -50 dB, or nothing that stands out
  std::vector<Finding> clipped;     ///< three and more samples in a row at full scale, ten times and more
  std::vector<Finding> duplicates;  ///< the same samples as an earlier file
  std::vector<Finding> suspicious;  ///< sounds like another class
  std::vector<std::string> advice;  ///< about the dataset as a whole: few clips, few speakers, no noises

  bool is_clean() const;
};

/// What a folder seems to hold, by its files: CSV, pictures, else words.
DatasetKind kind_of_dataset(const std::filesystem::path& folder);

/// Checks a dataset with one folder per class. An item is suspicious when at least four of the five items
/// that are most like it belong to one other class, and none to its own; not asked of folders with an
/// underscore in front, which may hold anything. Throws an Error if there are no items.
DatasetCheck check_dataset(const std::filesystem::path& folder, DatasetKind kind,
                           const std::function<void(int64_t n_done, int64_t n_all)>& on_clip);

}  // namespace inkling::host
