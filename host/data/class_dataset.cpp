// Folders, sources, parts.
#include "host/data/class_dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/data/hash.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

uint32_t hash_of(const std::string& text) {
  return fnv1a32(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

/// The part of each of a class's files: the first shares of its sources, in the order of their hashes.
void set_parts(ClassItem* items, size_t n, double kept_back) {
  constexpr size_t kFewSources = 4;
  std::map<std::string, std::vector<ClassItem*>> sources;
  for (size_t i = 0; i < n; ++i) sources[source_of(items[i].path)].push_back(&items[i]);
  if (sources.size() < kFewSources) {
    sources.clear();
    for (size_t i = 0; i < n; ++i) sources[items[i].path.filename()].push_back(&items[i]);
  }
  std::vector<std::pair<uint32_t, const std::vector<ClassItem*>*>> order;
  for (const auto& [source, own] : sources) order.emplace_back(hash_of(source), &own);
  std::sort(order.begin(), order.end());
  const double n_test = kept_back * static_cast<double>(n),
               n_watched = n_test + 0.1 * (static_cast<double>(n) - n_test);
  double n_given = 0;
  for (const auto& [hash, own] : order) {
    const Part part = kept_back <= 0 || n_given >= n_watched ? Part::train
                      : n_given < n_test                     ? Part::test
                                                             : Part::validation;
    for (ClassItem* item : *own) item->part = part;
    n_given += static_cast<double>(own->size());
  }
}

}  // namespace

std::vector<ClassItem> ClassDataset::part(Part part) const {
  std::vector<ClassItem> found;
  for (const ClassItem& item : items)
    if (item.part == part) found.push_back(item);
  return found;
}

const std::set<std::string>& sound_extensions() {
  static const std::set<std::string> all = {".wav", ".flac", ".ogg"};
  return all;
}

const std::set<std::string>& picture_extensions() {
  static const std::set<std::string> all = {".png", ".jpg", ".jpeg"};
  return all;
}

std::vector<fs::path> files_below(const fs::path& folder, const std::set<std::string>& extensions) {
  std::vector<fs::path> files;
  for (const auto& entry :
       fs::recursive_directory_iterator(folder, fs::directory_options::follow_directory_symlink))
    if (entry.is_regular_file() && extensions.count(lower_extension(entry.path())))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string source_of(const fs::path& path) {
  const std::string stem = path.stem().string();
  const size_t end = stem.find_last_of("-_");
  return end == std::string::npos || end == 0 ? stem : stem.substr(0, end);
}

ClassDataset read_class_dataset(const fs::path& folder, const std::set<std::string>& extensions,
                                double kept_back) {
  ClassDataset dataset;
  for (const fs::path& subfolder : subfolders(folder)) {
    const std::string label = subfolder.filename();
    if (label[0] == '_' || label[0] == '.') continue;
    const std::vector<fs::path> files = files_below(subfolder, extensions);
    if (files.empty())
      throw Error(fmt::format("{}: holds no files {}; fill the folder or remove it", subfolder.string(),
                              fmt::join(extensions, ", ")));
    const size_t first = dataset.items.size();
    for (const fs::path& path : files)
      dataset.items.push_back({path, static_cast<int32_t>(dataset.labels.size()), Part::train});
    set_parts(dataset.items.data() + first, files.size(), kept_back);
    dataset.labels.push_back(label);
  }
  if (dataset.labels.size() < 2)
    throw Error(fmt::format("{}: has {} classes, want two or more: one folder per class", folder.string(),
                            dataset.labels.size()));
  return dataset;
}

void Skipped::add(const std::string& message) {
  messages_.push_back(message);
  if (messages_.size() > std::max<size_t>(1, n_files_ / 10))
    throw Error(fmt::format("{}: more than a tenth of {} files cannot be used, among them {}",
                            folder_.string(), n_files_, message));
}

uint64_t listing_hash(const fs::path& folder) {
  uint64_t sum = 0;  // the order of a listing is the file system's
  for (const auto& entry :
       fs::recursive_directory_iterator(folder, fs::directory_options::follow_directory_symlink)) {
    if (!entry.is_regular_file()) continue;
    sum += hash_of(fmt::format("{} {} {}", entry.path().string(), entry.file_size(),
                               entry.last_write_time().time_since_epoch().count()));
  }
  return sum;
}

}  // namespace inkling::host
