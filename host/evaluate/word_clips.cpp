// Walks the folders; finds the windows that show a clip's word.
#include "host/evaluate/word_clips.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/data/sound.h"
#include "host/data/speech_span.h"
#include "host/error.h"
#include "inkling/signal/sound_settings.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

struct File {
  fs::path path;
  size_t label;
};

size_t index_of(const std::vector<std::string>& labels, const std::string& label) {
  const auto same = [&](const std::string& other) { return plain_label(other) == label; };
  return static_cast<size_t>(std::find_if(labels.begin(), labels.end(), same) - labels.begin());
}

std::vector<File> files_of(const fs::path& dataset, const std::vector<std::string>& labels,
                           std::optional<Part> part) {
  const size_t unknown = index_of(labels, "unknown");
  std::vector<File> files;
  std::vector<fs::path> paths;
  for (const fs::path& folder : subfolders(dataset)) {
    if (folder.filename() == "_background_noise_") continue;
    const size_t label = index_of(labels, plain_label(folder.filename()));
    for (const fs::path& path : sound_files(folder)) {
      files.push_back({path, label < labels.size() ? label : unknown});
      paths.push_back(path);
    }
  }
  if (part) {
    const std::map<fs::path, Part> parts = parts_of(paths);
    const auto is_other = [&](const File& file) { return parts.at(file.path) != *part; };
    files.erase(std::remove_if(files.begin(), files.end(), is_other), files.end());
  }
  if (files.empty())
    throw Error(fmt::format("{}: no clips; want {}", dataset.string(), (dataset / "WORD/*.wav").string()));
  return files;
}

}  // namespace

Confusion JudgedClips::confusion() const {
  Confusion confusion(labels.size());
  for (const JudgedClip& clip : clips) ++confusion.counts[clip.label][clip.guess];
  return confusion;
}

bool is_word(const std::string& label) {
  const std::string plain = plain_label(label);
  return plain != "silence" && plain != "unknown";
}

std::string plain_label(std::string label) {
  if (label.size() > 2 && label.front() == '_' && label.back() == '_')
    label = label.substr(1, label.size() - 2);
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

std::vector<float> clip_scores(WordModel& model, const std::vector<int16_t>& clip) {
  // A second in front, in which the front end gets used to the room, and as much behind.
  const int32_t margin = model.window_samples();
  const SampleSpan span = speech_span(clip);
  std::vector<int16_t> samples(static_cast<size_t>(margin));
  samples.insert(samples.end(), clip.begin(), clip.end());
  samples.resize(samples.size() + static_cast<size_t>(margin));
  const double middle = margin + (span.begin + span.end) / 2.0;
  const double slack = std::max(0, model.window_samples() - span.size()) / 2.0;
  std::vector<float> sums, nearest;
  double distance = INFINITY;
  int32_t n = 0;
  for (const WordModel::Moment& moment : model.hear(as_heard(std::move(samples)))) {
    const double off = std::abs(moment.first_row * micro_speech_settings.hop_samples() +
                                model.window_samples() / 2.0 - middle);
    if (off < distance) nearest = moment.scores;
    distance = std::min(distance, off);
    if (off > slack) continue;
    sums.resize(moment.scores.size());
    for (size_t i = 0; i < sums.size(); ++i) sums[i] += moment.scores[i];
    ++n;
  }
  if (n == 0) return nearest;
  for (float& sum : sums) sum /= static_cast<float>(n);
  return sums;
}

JudgedClips judge_clips(WordModel& model, const fs::path& dataset, std::optional<Part> part,
                        const std::function<void(int64_t n_done, int64_t n_all)>& on_clip) {
  JudgedClips judged;
  judged.labels = model.labels();
  if (index_of(judged.labels, "unknown") == judged.labels.size()) judged.labels.push_back("unknown");
  const std::vector<File> files = files_of(dataset, judged.labels, part);
  const auto n_files = static_cast<int64_t>(files.size());
  for (const File& file : files) {
    std::vector<int16_t> sound;
    try {
      sound = read_sound(file.path);
    } catch (const Error& error) {
      judged.skipped.emplace_back(error.what());
      if (judged.skipped.size() > std::max<size_t>(1, files.size() / 10))
        throw Error(
            fmt::format("{}: too many files are no sounds, among them {}", dataset.string(), error.what()));
      continue;
    }
    std::vector<float> scores = clip_scores(model, sound);
    const auto guess = std::max_element(scores.begin(), scores.end()) - scores.begin();
    judged.clips.push_back({file.path, file.label, static_cast<size_t>(guess), std::move(scores)});
    on_clip(static_cast<int64_t>(judged.clips.size() + judged.skipped.size()), n_files);
  }
  if (judged.clips.empty()) throw Error(judged.skipped.front());
  return judged;
}

}  // namespace inkling::host
