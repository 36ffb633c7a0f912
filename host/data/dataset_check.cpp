// Facts of each clip first, then comparisons among them.
#include "host/data/dataset_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "host/data/class_dataset.h"
#include "host/data/parallel.h"
#include "host/data/word_dataset.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

using Summary = std::vector<float>;

struct Clip {
  fs::path path;
  size_t label = 0;
  std::string speaker, problem;
  ItemFacts facts;
};

void look_at(Clip& clip, DatasetKind kind) try {
  clip.speaker = kind == DatasetKind::words ? speaker_of(clip.path) : source_of(clip.path);
  clip.facts = facts_of_item(kind, clip.path);
} catch (const Error& error) {
  clip.problem = error.what();
}

float likeness(const Summary& a, const Summary& b) {
  float sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// What the clip is like if that is not its own class; "" if there is no doubt.
std::string doubt(const Clip& clip, const std::vector<Clip>& clips, const std::vector<std::string>& labels,
                  const char* likens) {
  constexpr size_t kNeighbours = 5;
  std::vector<std::pair<float, size_t>> nearest;  // likeness, label; the least alike last
  for (const Clip& other : clips) {
    if (other.facts.summary.empty() || other.facts.hash == clip.facts.hash || labels[other.label][0] == '_')
      continue;
    const float alike = likeness(clip.facts.summary, other.facts.summary);
    if (nearest.size() == kNeighbours && alike <= nearest.back().first) continue;
    const auto place = std::find_if(nearest.begin(), nearest.end(),
                                    [&](const auto& neighbour) { return neighbour.first < alike; });
    nearest.emplace(place, alike, other.label);
    if (nearest.size() > kNeighbours) nearest.pop_back();
  }
  std::map<size_t, size_t> votes;
  for (const auto& [alike, label] : nearest) ++votes[label];
  if (votes.count(clip.label) != 0) return "";
  for (const auto& [label, n] : votes)
    if (n >= kNeighbours - 1)
      return fmt::format("{} like '{}' ({} of its {} neighbours)", likens, labels[label], n, kNeighbours);
  return "";
}

ClassFacts facts_of(const std::string& label, const std::vector<const Clip*>& clips,
                    const std::map<fs::path, Part>& parts) {
  ClassFacts facts;
  facts.label = label;
  std::set<std::string> speakers;
  std::vector<double> seconds;
  for (const Clip* clip : clips) {
    speakers.insert(clip->speaker);
    const Part part = parts.at(clip->path);
    ++(part == Part::train ? facts.n_train : part == Part::validation ? facts.n_validation : facts.n_test);
    seconds.push_back(clip->facts.size);
    facts.total_s += clip->facts.size;
  }
  std::sort(seconds.begin(), seconds.end());
  facts.n_clips = static_cast<int64_t>(clips.size());
  facts.n_speakers = static_cast<int64_t>(speakers.size());
  if (seconds.empty()) return facts;
  facts.shortest_s = seconds.front();
  facts.median_s = seconds[seconds.size() / 2];
  facts.longest_s = seconds.back();
  return facts;
}

std::vector<std::string> advice_about(const std::vector<ClassFacts>& classes, const fs::path& folder,
                                      DatasetKind kind) {
  std::vector<std::string> advice;
  int64_t most = 0;
  for (const ClassFacts& facts : classes) most = std::max(most, facts.n_clips);
  for (const ClassFacts& facts : classes) {
    if (facts.n_clips == 0) {
      advice.push_back(fmt::format("'{}' is empty: remove the folder or put clips into it", facts.label));
    } else if (facts.n_clips * 5 < most && facts.label[0] != '_') {
      advice.push_back(fmt::format("'{}' has {} clips, another class {}: record more of it", facts.label,
                                   facts.n_clips, most));
    }
    if (kind == DatasetKind::words && facts.n_clips > 0 && (facts.n_validation == 0 || facts.n_test == 0))
      advice.push_back(
          fmt::format("'{}' has no speakers for validation or test ({} speakers): record more people, "
                      "named PERSON_nohash_NUMBER.wav",
                      facts.label, facts.n_speakers));
  }
  if (classes.size() < 2) advice.emplace_back("there is one class only: nothing to tell it from");
  if (kind == DatasetKind::words && !fs::exists(folder / "_background_noise_"))
    advice.emplace_back(
        "there is no _background_noise_: the model will have heard no rooms but synthesized ones");
  return advice;
}

void sort_findings(const std::vector<Clip>& clips, const std::vector<std::string>& labels, const char* likens,
                   DatasetCheck& check) {
  std::map<uint32_t, const Clip*> first;
  for (const Clip& clip : clips) {
    if (!clip.problem.empty()) {
      check.unreadable.push_back({clip.path, clip.problem});
      continue;
    }
    if (!clip.facts.silent.empty()) check.silent.push_back({clip.path, clip.facts.silent});
    if (!clip.facts.clipped.empty()) check.clipped.push_back({clip.path, clip.facts.clipped});
    const auto [place, is_new] = first.emplace(clip.facts.hash, &clip);
    if (!is_new && place->second->facts.size == clip.facts.size)
      check.duplicates.push_back({clip.path, fmt::format("the same as {}", place->second->path.string())});
  }
  std::vector<std::string> doubts(clips.size());
  parallel_for(static_cast<int64_t>(clips.size()), [&](int64_t i) {
    const Clip& clip = clips[static_cast<size_t>(i)];
    if (!clip.facts.summary.empty() && labels[clip.label][0] != '_')
      doubts[static_cast<size_t>(i)] = doubt(clip, clips, labels, likens);
  });
  for (size_t i = 0; i < clips.size(); ++i)
    if (!doubts[i].empty()) check.suspicious.push_back({clips[i].path, doubts[i]});
}

/// The files of the classes; of motion, a file may be a class of its own.
std::vector<Clip> listed(const fs::path& folder, DatasetKind kind, std::vector<std::string>& labels) {
  const std::set<std::string> rows = {".csv"};
  const std::set<std::string>& extensions = kind == DatasetKind::motion     ? rows
                                            : kind == DatasetKind::pictures ? picture_extensions()
                                                                            : sound_extensions();
  std::vector<Clip> clips;
  const auto add = [&](const fs::path& path) {
    Clip& clip = clips.emplace_back();
    clip.path = path;
    clip.label = labels.size() - 1;
  };
  for (const fs::path& folder_of_class : subfolders(folder)) {
    if (folder_of_class.filename() == "_background_noise_") continue;
    labels.push_back(folder_of_class.filename());
    if (kind == DatasetKind::words)
      for (const fs::path& path : sound_files(folder_of_class)) add(path);
    else
      for (const fs::path& path : files_below(folder_of_class, extensions)) add(path);
  }
  if (kind == DatasetKind::motion)
    for (const fs::path& path : files_below(folder, extensions)) {
      if (path.parent_path() != folder) continue;
      labels.push_back(path.stem());
      add(path);
    }
  if (clips.empty())
    throw Error(fmt::format("{}: no clips; want {}", folder.string(),
                            (folder / ("CLASS/*" + *extensions.rbegin())).string()));
  return clips;
}

}  // namespace

bool DatasetCheck::is_clean() const {
  return unreadable.empty() && silent.empty() && clipped.empty() && duplicates.empty() &&
         suspicious.empty() && advice.empty();
}

DatasetKind kind_of_dataset(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(fmt::format("{}: is not a folder", folder.string()));
  size_t n_rows = 0, n_pictures = 0, n_sounds = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(folder, fs::directory_options::follow_directory_symlink)) {
    const std::string extension = entry.path().extension();
    n_rows += extension == ".csv";
    n_pictures += picture_extensions().count(extension);
    n_sounds += sound_extensions().count(extension);
  }
  if (n_rows > n_pictures + n_sounds) return DatasetKind::motion;
  return n_pictures > n_sounds ? DatasetKind::pictures : DatasetKind::words;
}

DatasetCheck check_dataset(const fs::path& folder, DatasetKind kind,
                           const std::function<void(int64_t n_done, int64_t n_all)>& on_clip) {
  std::vector<std::string> labels;
  std::vector<Clip> clips = listed(folder, kind, labels);
  std::mutex mutex;
  int64_t n_done = 0;
  const auto n_all = static_cast<int64_t>(clips.size());
  parallel_for(n_all, [&](int64_t i) {
    look_at(clips[static_cast<size_t>(i)], kind);
    const std::lock_guard lock(mutex);
    on_clip(++n_done, n_all);
  });
  std::vector<fs::path> paths;
  for (const Clip& clip : clips) paths.push_back(clip.path);
  const std::map<fs::path, Part> parts = parts_of(paths);
  DatasetCheck check;
  check.kind = kind;
  for (size_t label = 0; label < labels.size(); ++label) {
    std::vector<const Clip*> of_class;
    for (const Clip& clip : clips)
      if (clip.label == label && clip.problem.empty()) of_class.push_back(&clip);
    check.classes.push_back(facts_of(labels[label], of_class, parts));
  }
  const char* likens = kind == DatasetKind::motion     ? "moves"
                       : kind == DatasetKind::pictures ? "looks"
                                                       : "sounds";
  sort_findings(clips, labels, likens, check);
  check.advice = advice_about(check.classes, folder, kind);
  return check;
}

}  // namespace inkling::host
