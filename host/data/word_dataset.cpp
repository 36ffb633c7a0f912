// Walks the folders.
#include "host/data/word_dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "host/data/files.h"
#include "host/data/hash.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

bool is_sound(const fs::path& path) {
  std::string extension = path.extension();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".wav" || extension == ".flac" || extension == ".ogg";
}

template <class Wanted>
std::vector<fs::path> sorted_entries(const fs::path& folder, Wanted is_wanted) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder))
    if (is_wanted(entry)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

Part part_of(const std::string& name) {
  const uint32_t hundredth = fnv1a32(reinterpret_cast<const uint8_t*>(name.data()), name.size()) % 100;
  return hundredth < 10 ? Part::validation : hundredth < 20 ? Part::test : Part::train;
}

}  // namespace

std::string speaker_of(const fs::path& clip) {
  const std::string name = clip.stem();
  const size_t marker = name.find("_nohash_");
  if (marker != std::string::npos) return name.substr(0, marker);
  const size_t last = name.find_last_not_of("0123456789");
  const bool is_numbered =
      last != std::string::npos && last > 0 && last + 1 < name.size() && name[last] == '_';
  return is_numbered ? name.substr(0, last) : name;
}

std::map<fs::path, Part> parts_of(const std::vector<fs::path>& clips) {
  constexpr size_t kFewSpeakers = 10;
  std::set<std::string> speakers;
  for (const fs::path& clip : clips) speakers.insert(speaker_of(clip));
  const bool by_speaker = speakers.size() >= kFewSpeakers;
  std::map<fs::path, Part> parts;
  for (const fs::path& clip : clips)
    parts[clip] = part_of(by_speaker ? speaker_of(clip) : clip.stem().string());
  return parts;
}

std::vector<fs::path> sound_files(const fs::path& folder) {
  return sorted_entries(folder, [](const fs::directory_entry& entry) {
    return entry.is_regular_file() && is_sound(entry.path());
  });
}

uint32_t dataset_hash(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  uint32_t hash = kFnvStart;
  for (const fs::path& file : files) {
    const std::string name = fs::relative(file, folder);
    const std::vector<uint8_t> bytes = read_file(file);
    hash = fnv1a32(reinterpret_cast<const uint8_t*>(name.data()), name.size(), hash);
    hash = fnv1a32(bytes.data(), bytes.size(), hash);
  }
  return hash;
}

std::vector<fs::path> subfolders(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(fmt::format("{}: is not a folder", folder.string()));
  return sorted_entries(folder, [](const fs::directory_entry& entry) { return entry.is_directory(); });
}

std::vector<WordClip> WordDataset::part(Part part) const {
  std::vector<WordClip> found;
  std::copy_if(clips.begin(), clips.end(), std::back_inserter(found),
               [&](const WordClip& clip) { return clip.part == part; });
  return found;
}

WordDataset read_word_dataset(const fs::path& folder, std::vector<std::string> words) {
  const std::vector<fs::path> folders = subfolders(folder);
  if (words.empty())
    for (const fs::path& word : folders)
      if (word.filename().string()[0] != '_') words.push_back(word.filename());
  WordDataset dataset;
  dataset.labels = {"silence", "unknown"};
  dataset.labels.insert(dataset.labels.end(), words.begin(), words.end());
  std::set<int32_t> found;
  for (const fs::path& word : folders) {
    const std::string name = word.filename();
    const std::vector<fs::path> files = sound_files(word);
    if (name == "_background_noise_") dataset.noises = files;
    if (name[0] == '_' && name != "_unknown_") continue;
    const auto place = std::find(words.begin(), words.end(), name);
    const auto label =
        place == words.end() ? kUnknown : static_cast<int32_t>(place - words.begin()) + kUnknown + 1;
    for (const fs::path& file : files) dataset.clips.push_back({file, label, Part::train});
    if (!files.empty()) found.insert(label);
  }
  for (size_t i = 0; i < words.size(); ++i)
    if (found.count(static_cast<int32_t>(i) + kUnknown + 1) == 0)
      throw Error(fmt::format("{}: no clips of '{}'; want some in {}", folder.string(), words[i],
                              (folder / words[i] / "*.wav").string()));
  if (words.empty()) throw Error(fmt::format("{}: no folders with words", folder.string()));
  std::vector<fs::path> paths;
  for (const WordClip& clip : dataset.clips) paths.push_back(clip.path);
  const std::map<fs::path, Part> parts = parts_of(paths);
  for (WordClip& clip : dataset.clips) clip.part = parts.at(clip.path);
  return dataset;
}

}  // namespace inkling::host
