// Facts of each clip first, then comparisons among them.
#include "host/data/word_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <mutex>
#include <numeric>
#include <set>

#include "host/data/hash.h"
#include "host/data/parallel.h"
#include "host/data/scenes.h"
#include "host/data/sound.h"
#include "host/data/speech_span.h"
#include "host/data/word_dataset.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

// A clip in short: the middle second of what is said, in squares of 4 rows by 4 channels.
constexpr int32_t kSquare = 4;
constexpr int32_t kSummaryRows = kWindowRows / kSquare;
constexpr int32_t kSummaryChannels = kRowFeatures / kSquare;
using Summary = std::vector<float>;

// A clip is silent below this peak, or when its loudest tenth of a second has not even so many times the
// energy of its quietest.
constexpr int32_t kQuiet = 104;  // -50 dB
constexpr double kContrast = 1.5;

struct Clip {
  fs::path path;
  size_t label = 0;
  std::string speaker, problem;
  double seconds = 0;
  int32_t peak = 0;
  int64_t n_clipped_runs = 0;
  bool is_silent = false;
  uint32_t hash = 0;
  Summary summary;
};

int64_t clipped_runs(const std::vector<int16_t>& samples) {
  int64_t n = 0;
  int32_t length = 0;
  for (const int16_t sample : samples) {
    length = sample == 32767 || sample <= -32767 ? length + 1 : 0;
    n += length == 3;
  }
  return n;
}

/// Of the energies of tenths of a second.
double contrast(const std::vector<int16_t>& samples) {
  constexpr size_t kTenth = kSampleRateHz / 10;
  double highest = 0, lowest = std::numeric_limits<double>::infinity();
  for (size_t begin = 0; begin + kTenth <= samples.size(); begin += kTenth) {
    double energy = 1;
    for (size_t i = begin; i < begin + kTenth; ++i) energy += std::pow(samples[i], 2);
    highest = std::max(highest, energy);
    lowest = std::min(lowest, energy);
  }
  return highest / lowest;
}

Summary summary_of(const std::vector<int16_t>& samples) {
  const SampleSpan span = speech_span(samples);
  const int32_t begin = (span.begin + span.end - kSampleRateHz) / 2;
  std::vector<int16_t> second(static_cast<size_t>(2 * kSampleRateHz));  // a second of silence in front
  for (int32_t i = 0; i < kSampleRateHz; ++i)
    if (begin + i >= span.begin && begin + i < span.end)
      second[static_cast<size_t>(kSampleRateHz + i)] = samples[static_cast<size_t>(begin + i)];
  const std::vector<int8_t> rows = feature_rows(second);
  const int8_t* first = rows.data() + rows.size() - kWindowFeatures;
  Summary summary(kSummaryRows * kSummaryChannels);
  double norm = 0;
  for (int32_t row = 0; row < kSummaryRows * kSquare; ++row)
    for (int32_t channel = 0; channel < kRowFeatures; ++channel)
      summary[static_cast<size_t>(row / kSquare * kSummaryChannels + channel / kSquare)] +=
          static_cast<float>(first[row * kRowFeatures + channel] + 128);
  const float mean =
      std::accumulate(summary.begin(), summary.end(), 0.0f) / static_cast<float>(summary.size());
  for (float& value : summary) value -= mean;
  for (const float value : summary) norm += static_cast<double>(value) * value;
  for (float& value : summary) value /= static_cast<float>(std::sqrt(std::max(norm, 1.0)));
  return summary;
}

void look_at(Clip& clip) try {
  clip.speaker = speaker_of(clip.path);
  const std::vector<int16_t> samples = read_sound(clip.path);
  clip.seconds = static_cast<double>(samples.size()) / kSampleRateHz;
  for (const int16_t sample : samples) clip.peak = std::max(clip.peak, std::abs(int32_t{sample}));
  clip.n_clipped_runs = clipped_runs(samples);
  clip.is_silent = clip.peak < kQuiet || contrast(samples) < kContrast;
  clip.hash = fnv1a32(reinterpret_cast<const uint8_t*>(samples.data()), samples.size() * sizeof(int16_t));
  if (!clip.is_silent) clip.summary = summary_of(samples);
} catch (const Error& error) {
  clip.problem = error.what();
}

float likeness(const Summary& a, const Summary& b) {
  float sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// What the clip sounds like if that is not its own class; "" if there is no doubt.
std::string doubt(const Clip& clip, const std::vector<Clip>& clips, const std::vector<std::string>& labels) {
  constexpr size_t kNeighbours = 5;
  std::vector<std::pair<float, size_t>> nearest;  // likeness, label; the least alike last
  for (const Clip& other : clips) {
    if (other.summary.empty() || other.hash == clip.hash || labels[other.label][0] == '_') continue;
    const float alike = likeness(clip.summary, other.summary);
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
      return fmt::format("sounds like '{}' ({} of its {} neighbours)", labels[label], n, kNeighbours);
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
    seconds.push_back(clip->seconds);
    facts.total_s += clip->seconds;
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

std::vector<std::string> advice_about(const std::vector<ClassFacts>& classes, const fs::path& folder) {
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
    if (facts.n_clips > 0 && (facts.n_validation == 0 || facts.n_test == 0))
      advice.push_back(
          fmt::format("'{}' has no speakers for validation or test ({} speakers): record more people, "
                      "named PERSON_nohash_NUMBER.wav",
                      facts.label, facts.n_speakers));
  }
  if (classes.size() < 2) advice.emplace_back("there is one class only: nothing to tell it from");
  if (!fs::exists(folder / "_background_noise_"))
    advice.emplace_back(
        "there is no _background_noise_: the model will have heard no rooms but synthesized ones");
  return advice;
}

void sort_findings(const std::vector<Clip>& clips, const std::vector<std::string>& labels,
                   DatasetCheck& check) {
  std::map<uint32_t, const Clip*> first;
  for (const Clip& clip : clips) {
    if (!clip.problem.empty()) {
      check.unreadable.push_back({clip.path, clip.problem});
      continue;
    }
    if (clip.is_silent)
      check.silent.push_back({clip.path, fmt::format("nothing stands out (peak {} of 32768)", clip.peak)});
    if (clip.n_clipped_runs >= 10)
      check.clipped.push_back(
          {clip.path, fmt::format("cut off at full scale {} times", clip.n_clipped_runs)});
    const auto [place, is_new] = first.emplace(clip.hash, &clip);
    if (!is_new && place->second->seconds == clip.seconds)
      check.duplicates.push_back({clip.path, fmt::format("the same as {}", place->second->path.string())});
  }
  std::vector<std::string> doubts(clips.size());
  parallel_for(static_cast<int64_t>(clips.size()), [&](int64_t i) {
    const Clip& clip = clips[static_cast<size_t>(i)];
    if (!clip.summary.empty() && labels[clip.label][0] != '_')
      doubts[static_cast<size_t>(i)] = doubt(clip, clips, labels);
  });
  for (size_t i = 0; i < clips.size(); ++i)
    if (!doubts[i].empty()) check.suspicious.push_back({clips[i].path, doubts[i]});
}

}  // namespace

bool DatasetCheck::is_clean() const {
  return unreadable.empty() && silent.empty() && clipped.empty() && duplicates.empty() &&
         suspicious.empty() && advice.empty();
}

DatasetCheck check_words(const fs::path& folder,
                         const std::function<void(int64_t n_done, int64_t n_all)>& on_clip) {
  std::vector<std::string> labels;
  std::vector<Clip> clips;
  for (const fs::path& word : subfolders(folder)) {
    if (word.filename() == "_background_noise_") continue;
    labels.push_back(word.filename());
    for (const fs::path& path : sound_files(word)) {
      Clip& clip = clips.emplace_back();
      clip.path = path;
      clip.label = labels.size() - 1;
    }
  }
  if (clips.empty())
    throw Error(fmt::format("{}: no clips; want {}", folder.string(), (folder / "WORD/*.wav").string()));
  std::mutex mutex;
  int64_t n_done = 0;
  const auto n_all = static_cast<int64_t>(clips.size());
  parallel_for(n_all, [&](int64_t i) {
    look_at(clips[static_cast<size_t>(i)]);
    const std::lock_guard lock(mutex);
    on_clip(++n_done, n_all);
  });
  std::vector<fs::path> paths;
  for (const Clip& clip : clips) paths.push_back(clip.path);
  const std::map<fs::path, Part> parts = parts_of(paths);
  DatasetCheck check;
  for (size_t label = 0; label < labels.size(); ++label) {
    std::vector<const Clip*> of_class;
    for (const Clip& clip : clips)
      if (clip.label == label && clip.problem.empty()) of_class.push_back(&clip);
    check.classes.push_back(facts_of(labels[label], of_class, parts));
  }
  sort_findings(clips, labels, check);
  check.advice = advice_about(check.classes, folder);
  return check;
}

}  // namespace inkling::host
