// A dataset with one folder per class, CLASS/**/file: sounds or pictures. Leaves out what is in the files.
#pragma once
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "host/data/word_dataset.h"

namespace inkling::host {

struct ClassItem {
  std::filesystem::path path;
  int32_t label;
  Part part;
};

struct ClassDataset {
  std::vector<std::string> labels;  ///< by the alphabet
  std::vector<ClassItem> items;     ///< sorted by path

  std::vector<ClassItem> part(Part part) const;
};

/// What can be read as a sound or as a picture, by its name.
const std::set<std::string>& sound_extensions();
const std::set<std::string>& picture_extensions();

/// The files below a folder with one of the extensions, however they are spelled, sorted by name.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               const std::set<std::string>& extensions);

/// Where a file comes from, as far as its name tells: all but what stands behind the last - or _, as in
/// 1-172649-A.ogg and 1-172649-B.ogg, pieces of one recording.
std::string source_of(const std::filesystem::path& path);

/// Reads a folder's listing: the files with one of the extensions below each folder that has none of _ or .
/// in front. A share `kept_back` of each class is for the test, the first sources by their hash, so that
/// pieces of one recording stay together as long as a class has four sources; the rest is to learn from, and
/// a tenth of that for validation unless nothing is kept back. Throws an Error if there are fewer than two
/// classes or a class is empty.
ClassDataset read_class_dataset(const std::filesystem::path& folder, const std::set<std::string>& extensions,
                                double kept_back);

/// Counts what cannot be used. Throws an Error when that becomes more than a tenth of the files.
class Skipped {
 public:
  Skipped(std::filesystem::path folder, size_t n_files) : folder_(std::move(folder)), n_files_(n_files) {}
  void add(const std::string& message);
  const std::vector<std::string>& messages() const { return messages_; }

 private:
  std::filesystem::path folder_;
  size_t n_files_;
  std::vector<std::string> messages_;
};

/// Sizes and times of all files of a folder as a number: another one when something changed.
uint64_t listing_hash(const std::filesystem::path& folder);

}  // namespace inkling::host
