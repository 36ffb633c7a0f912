// Folders, takes, windows; the features are those of inkling/signal.
#include "host/data/machine_dataset.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "host/data/motion_dataset.h"
#include "host/data/parallel.h"
#include "host/data/scene_features.h"
#include "host/data/sound.h"
#include "host/error.h"
#include "inkling/signal/row_summary.h"
#include "inkling/signal/vibration.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using Features = std::vector<int16_t>;

constexpr int32_t kSoundRows = 50;  // a second
const std::set<std::string> kSoundExtensions = {".wav", ".flac", ".ogg"};

struct File {
  fs::path path;
  std::string label;
};

/// A file that lies in no folder: its name without the number at its end.
std::string stem_label(const fs::path& path) {
  std::string stem = path.stem().string();
  const size_t end = stem.find_last_not_of("0123456789_-. ");
  return end == std::string::npos ? stem : stem.substr(0, end + 1);
}

std::vector<File> files_in(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(fmt::format("{}: is not a folder", folder.string()));
  std::vector<File> files;
  for (const auto& entry :
       fs::recursive_directory_iterator(folder, fs::directory_options::follow_directory_symlink)) {
    const fs::path& path = entry.path();
    if (!entry.is_regular_file() || (path.extension() != ".csv" && !kSoundExtensions.count(path.extension())))
      continue;
    const fs::path relative = path.lexically_relative(folder);
    files.push_back({path, relative.has_parent_path() ? relative.begin()->string() : stem_label(path)});
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  if (files.empty())
    throw Error(fmt::format("{}: no recordings; want {} or the same with .wav, .flac, .ogg", folder.string(),
                            (folder / "normal/*.csv").string()));
  return files;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The folders that look normal by their names.
std::vector<std::string> normal_names(const std::vector<File>& files) {
  std::set<std::string> normal, unsuspicious;
  for (const File& file : files) {
    const std::string name = lower(file.label);
    if (name == "normal" || name == "ok" || name == "good" || name == "healthy") normal.insert(file.label);
    const auto tells = [&](const char* part) { return name.find(part) != std::string::npos; };
    if (!tells("anomal") && !tells("abnormal") && !tells("fault")) unsuspicious.insert(file.label);
  }
  const std::set<std::string>& names = normal.empty() ? unsuspicious : normal;
  return {names.begin(), names.end()};
}

/// The largest power of two that leaves as much room again above the largest value.
float counts_for(float largest) {
  return std::exp2(std::floor(std::log2(16384 / std::max(largest, 1e-6f))));
}

void fit_motion(const std::vector<File>& files, int32_t n_rows, MachineSettings& settings) {
  size_t shortest = kMaxVibrationRows;
  float largest = 0;
  for (const File& file : files) {
    if (!settings.is_normal(file.label)) continue;
    CsvTakes csv;
    try {
      csv = read_csv(file.path, 0);
    } catch (const Error&) {
      continue;  // counted where the windows are made
    }
    if (csv.takes.empty()) continue;
    settings.n_channels = csv.n_channels;
    for (const std::vector<float>& take : csv.takes) {
      shortest = std::min(shortest, take.size() / static_cast<size_t>(csv.n_channels));
      for (const float value : take) largest = std::max(largest, std::abs(value));
    }
  }
  if (settings.n_channels == 0) throw Error("no file of the normal state holds rows of numbers");
  settings.n_rows = n_rows > 0 ? n_rows : static_cast<int32_t>(shortest);
  settings.counts_per_unit = counts_for(largest);
  if (settings.n_rows < kMinVibrationRows || settings.n_rows > kMaxVibrationRows)
    throw Error(fmt::format("a window would have {} rows, want {} to {}", settings.n_rows, kMinVibrationRows,
                            kMaxVibrationRows));
}

std::vector<Features> motion_windows(const fs::path& path, const MachineSettings& settings) {
  const CsvTakes csv = read_csv(path, 0);
  if (csv.n_channels != settings.n_channels)
    throw Error(
        fmt::format("{}: has {} channels, want {}", path.string(), csv.n_channels, settings.n_channels));
  std::vector<Features> windows;
  const auto window_size = static_cast<size_t>(settings.n_rows * settings.n_channels);
  std::vector<uint32_t> memory(static_cast<size_t>(vibration_memory_words(settings.n_rows)));
  for (const std::vector<float>& take : csv.takes)
    for (size_t first = 0; first + window_size <= take.size(); first += window_size) {
      std::vector<int16_t> samples;
      for (size_t i = first; i < first + window_size; ++i)
        samples.push_back(static_cast<int16_t>(
            std::clamp(std::lround(take[i] * settings.counts_per_unit), -32768l, 32767l)));
      Features& features = windows.emplace_back(static_cast<size_t>(settings.n_features()));
      const bool done = vibration_features(
          {samples.data(), static_cast<int32_t>(samples.size())}, settings.n_channels,
          {memory.data(), static_cast<int32_t>(memory.size())}, {features.data(), settings.n_features()});
      if (!done) throw Error(fmt::format("{} rows make no window", settings.n_rows));
    }
  return windows;
}

std::vector<Features> sound_windows(const fs::path& path, const MachineSettings& settings) {
  const std::vector<int8_t> rows = scene_rows(read_sound(path));
  std::vector<Features> windows;
  const auto window_size = static_cast<size_t>(settings.n_rows * settings.n_channels);
  for (size_t first = 0; first + window_size <= rows.size(); first += window_size) {
    Features& features = windows.emplace_back(static_cast<size_t>(settings.n_features()));
    summarize_rows({rows.data() + first, static_cast<int32_t>(window_size)}, settings.n_channels,
                   {features.data(), settings.n_features()});
  }
  return windows;
}

/// Gives each window its part, by its place among the normal ones of its folder; small folders count as one.
void set_parts(std::vector<MachineWindow>& windows) {
  constexpr int64_t kSmall = 20;
  std::map<std::string, int64_t> sizes, places;
  for (const MachineWindow& window : windows) ++sizes[window.label];
  const auto group = [&](const MachineWindow& window) {
    return sizes.at(window.label) < kSmall ? std::string() : window.label;
  };
  std::map<std::string, int64_t> n;
  for (const MachineWindow& window : windows) n[group(window)] += window.is_normal;
  for (MachineWindow& window : windows) {
    window.part = Part::test;
    if (!window.is_normal) continue;
    const int64_t tenth = 10 * places[group(window)]++ / n[group(window)];
    window.part = tenth == 3 ? Part::validation : tenth == 7 ? Part::test : Part::train;
  }
}

}  // namespace

int32_t MachineSettings::n_features() const {
  return n_channels * (is_sound ? 2 : kVibrationFeatures);
}

bool MachineSettings::is_normal(const std::string& label) const {
  return std::any_of(normal.begin(), normal.end(), [&](const std::string& pattern) {
    return fnmatch(pattern.c_str(), label.c_str(), 0) == 0;
  });
}

std::vector<const MachineWindow*> MachineDataset::normal(Part part) const {
  std::vector<const MachineWindow*> found;
  for (const MachineWindow& window : windows)
    if (window.is_normal && window.part == part) found.push_back(&window);
  return found;
}

MachineSettings settings_of(const fs::path& folder, std::vector<std::string> normal, int32_t n_rows) {
  const std::vector<File> files = files_in(folder);
  const auto n_csv = std::count_if(files.begin(), files.end(),
                                   [](const File& file) { return file.path.extension() == ".csv"; });
  if (n_csv != 0 && n_csv != static_cast<std::ptrdiff_t>(files.size()))
    throw Error(fmt::format("{}: has {} CSV files and {} sounds, want one kind", folder.string(), n_csv,
                            files.size() - static_cast<size_t>(n_csv)));
  MachineSettings settings;
  settings.is_sound = n_csv == 0;
  settings.normal = normal.empty() ? normal_names(files) : std::move(normal);
  if (std::none_of(files.begin(), files.end(),
                   [&](const File& file) { return settings.is_normal(file.label); }))
    throw Error(fmt::format("{}: no folder is normal; name those that are with --normal", folder.string()));
  if (settings.is_sound) {
    settings.n_rows = n_rows > 0 ? n_rows : kSoundRows;
    settings.n_channels = kSceneChannels;
  } else {
    fit_motion(files, n_rows, settings);
  }
  return settings;
}

MachineDataset read_machine_dataset(const fs::path& folder, const MachineSettings& settings) {
  const std::vector<File> files = files_in(folder);
  std::vector<std::vector<Features>> windows(files.size());
  std::vector<std::string> messages(files.size());
  parallel_for(static_cast<int64_t>(files.size()), [&](int64_t i) {
    const auto at = static_cast<size_t>(i);
    const fs::path& path = files[at].path;
    try {
      const bool is_csv = path.extension() == ".csv";
      if (is_csv == settings.is_sound)
        throw Error(fmt::format("{}: is {}", path.string(), is_csv ? "no sound" : "a sound, want CSV"));
      windows[at] = is_csv ? motion_windows(path, settings) : sound_windows(path, settings);
      if (windows[at].empty())
        messages[at] = fmt::format("{}: is shorter than a window of {} rows", path.string(), settings.n_rows);
    } catch (const Error& error) {
      messages[at] = error.what();
    }
  });
  MachineDataset dataset;
  for (size_t i = 0; i < files.size(); ++i) {
    if (!messages[i].empty()) dataset.skipped.push_back(messages[i]);
    for (Features& features : windows[i])
      dataset.windows.push_back({files[i].path, files[i].label, settings.is_normal(files[i].label),
                                 Part::test, std::move(features)});
  }
  if (dataset.windows.empty() || dataset.skipped.size() > std::max<size_t>(1, files.size() / 10))
    throw Error(fmt::format("{}: {} of {} files cannot be used, among them {}", folder.string(),
                            dataset.skipped.size(), files.size(), dataset.skipped.at(0)));
  set_parts(dataset.windows);
  return dataset;
}

}  // namespace inkling::host
