// A dataset of spoken words on disk, in the layout of Speech Commands: WORD/*.wav, _background_noise_/*.wav.
// Leaves out sounds and features: only names, labels and parts.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace inkling::host {

/// A tenth each of the speakers is kept for validation and for the test.
enum class Part : uint8_t { train, validation, test };

/// Who speaks in a clip, as far as its name tells: what stands before "_nohash_", or before a number at the
/// end (george_7); else all of it.
std::string speaker_of(const std::filesystem::path& clip);

/// The part that each of a dataset's clips belongs to, by a hash of its speaker: no voice is in two parts. Of
/// fewer than ten speakers, by a hash of its name: else a part might be empty.
std::map<std::filesystem::path, Part> parts_of(const std::vector<std::filesystem::path>& clips);

/// The sound files in a folder, sorted by name.
std::vector<std::filesystem::path> sound_files(const std::filesystem::path& folder);
/// A fingerprint of a dataset: of the names and bytes of all files in it.
uint32_t dataset_hash(const std::filesystem::path& folder);
/// The folders in a folder, sorted by name. Throws an Error if it is none.
std::vector<std::filesystem::path> subfolders(const std::filesystem::path& folder);

struct WordClip {
  std::filesystem::path path;
  int32_t label;
  Part part;
};

/// The labels that every model of words has before its words.
constexpr int32_t kSilence = 0;
constexpr int32_t kUnknown = 1;

struct WordDataset {
  std::vector<std::string> labels;  ///< "silence", "unknown", then the words
  std::vector<WordClip> clips;      ///< sorted by path
  std::vector<std::filesystem::path> noises;

  /// The clips of a part.
  std::vector<WordClip> part(Part part) const;
};

/// Reads a folder's listing. `words` are the labels in their order; if empty, all folders without an
/// underscore in front, by the alphabet. Clips of other folders are "unknown". No voice is in two parts.
/// Throws an Error if there is no such folder or a word has no clips.
WordDataset read_word_dataset(const std::filesystem::path& folder, std::vector<std::string> words);

}  // namespace inkling::host
