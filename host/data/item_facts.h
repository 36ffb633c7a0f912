// What can be said about one file of a dataset before anybody learns from it. Leaves out what follows from
// many: dataset_check.h.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace inkling::host {

enum class DatasetKind : uint8_t { words, motion, sounds, pictures };

struct ItemFacts {
  double size = 0;      ///< seconds of words and sounds, rows of motion, pixels of a picture's shorter side
  std::string silent;   ///< in which way nothing is there; "" if something is
  std::string clipped;  ///< in which way it goes beyond what can be recorded; "" if it does not
  uint32_t hash = 0;    ///< of what is in it: equal for copies
  std::vector<float> summary;  ///< of length 1, alike for items that are alike; empty if silent
};

/// Throws an Error if the file cannot be read as an item of the kind.
ItemFacts facts_of_item(DatasetKind kind, const std::filesystem::path& path);

}  // namespace inkling::host
