// Composes sounds, runs the front end over them, picks windows.
#include "host/data/scenes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/data/noise.h"
#include "host/data/parallel.h"
#include "host/data/sound.h"
#include "host/data/speech_span.h"
#include "host/error.h"
#include "inkling/signal/sound_front_end.h"

namespace inkling::host {
namespace {

constexpr const SoundTables& kTables = sound_tables<micro_speech_settings>;
constexpr int32_t kHop = micro_speech_settings.hop_samples();
constexpr int32_t kWindowSamples = (kWindowRows - 1) * kHop + micro_speech_settings.window_samples();
static_assert(micro_speech_settings.n_channels == kRowFeatures);

// A word is the label of windows that show so much of it. The decider wants to see a word for most of a
// second, so words that are just coming in and just going out count. Half of something else is something
// else.
constexpr double kShownWord = 0.7;
constexpr double kShownUnknown = 0.5;
constexpr double kShownSilence = 0.05;
constexpr int32_t kWindowsPerScene = 4;
// In them, a recording's own noise begins and ends with it.
constexpr double kQuietRooms = 0.35;

struct Scene {
  Samples samples;
  SampleSpan word;  // size 0: nothing is said
  int32_t label = kSilence;
};

class Stage {
 public:
  explicit Stage(const WordDataset& dataset) {
    for (const auto& path : dataset.noises) noises_.push_back(to_float(read_sound(path)));
    if (!noises_.empty()) return;
    for (const std::string& kind : noise_kinds())
      noises_.push_back(to_float(make_noise(kind, 10 * kSampleRateHz, Random(1))));
  }

  Scene with_word(const WordClip& clip, const Variety& variety, Random& random) const {
    const std::vector<int16_t> recording = read_sound(clip.path);
    const SampleSpan span = speech_span(recording);
    Samples speech = to_float({recording.begin() + span.begin, recording.begin() + span.end});
    speech = at_speed(speech, std::exp(random.uniform(-variety.speed, variety.speed)));
    for (int i = 0; i < 2; ++i)
      speech = tilted(speech, random.uniform(200, 4000), random.uniform(-variety.tilt_db, variety.tilt_db),
                      random.uniform(-variety.tilt_db, variety.tilt_db));
    const auto n_spoken = static_cast<int32_t>(speech.size());
    if (random.chance(variety.old_recorders)) speech = low_passed(speech, random.uniform(3200, 4000));
    if (random.chance(0.5))
      speech = in_room(speech, random.uniform(0.1, 0.5), random.uniform(0, 0.4), random);
    // Either the device has been listening, or it was switched on just before.
    const double lead_s = random.chance(0.7) ? random.uniform(0.2, 1.8) : random.uniform(0, 0.2);
    const auto begin = static_cast<int32_t>(lead_s * kSampleRateHz);
    Scene scene;
    scene.word = {begin, begin + n_spoken};
    scene.label = clip.label;
    scene.samples.resize(static_cast<size_t>(begin + n_spoken + kSampleRateHz));
    const double level = std::pow(10, random.uniform(-32, -3) / 20) / peak(speech);
    for (size_t i = 0; i < speech.size() && i + static_cast<size_t>(begin) < scene.samples.size(); ++i)
      scene.samples[i + static_cast<size_t>(begin)] = static_cast<float>(level * speech[i]);
    const double below_db = random.chance(kQuietRooms) ? random.uniform(45, 75) : random.uniform(3, 45);
    add_noise(scene.samples, level * rms(speech) * std::pow(10, -below_db / 20), random);
    return scene;
  }

  /// Noise that was there all the time, or begins; also none at all.
  Scene without_word(Random& random) const {
    Scene scene;
    scene.samples.resize(static_cast<size_t>(kWindowSamples + random.below(2 * kSampleRateHz)));
    add_noise(scene.samples, std::pow(10, random.uniform(-80, -10) / 20), random);
    if (random.chance(0.3)) {
      const auto onset = scene.samples.begin() + random.below(static_cast<int32_t>(scene.samples.size()));
      std::fill(scene.samples.begin(), onset, 0.0f);
    }
    return scene;
  }

 private:
  static double peak(const Samples& samples) {
    float highest = 1e-6f;
    for (const float sample : samples) highest = std::max(highest, std::abs(sample));
    return highest;
  }

  void add_noise(Samples& samples, double level, Random& random) const {
    if (random.chance(0.15)) return;  // digital silence, as in front of a sound file
    const Samples& noise = random.pick(noises_);
    const auto start = static_cast<size_t>(random.below(static_cast<int32_t>(noise.size())));
    Samples piece(samples.size());
    for (size_t i = 0; i < piece.size(); ++i) piece[i] = noise[(start + i) % noise.size()];
    piece = tilted(piece, random.uniform(300, 3000), random.uniform(-8, 8), random.uniform(-8, 8));
    const auto gain = static_cast<float>(level / std::max(rms(piece), 1e-6));
    for (size_t i = 0; i < samples.size(); ++i) samples[i] += gain * piece[i];
  }

  std::vector<Samples> noises_;
};

void add_window(const std::vector<int8_t>& rows, int32_t row, int32_t label, Examples& examples) {
  const auto first = rows.begin() + row * kRowFeatures;
  examples.features.insert(examples.features.end(), first, first + kWindowFeatures);
  examples.labels.push_back(label);
}

/// The share of the word that a window shows which begins with row number `row`.
double shown(const SampleSpan& word, int32_t row) {
  const int32_t begin = std::max(word.begin, row * kHop);
  const int32_t end = std::min(word.end, row * kHop + kWindowSamples);
  return word.size() == 0 ? 0 : static_cast<double>(std::max(0, end - begin)) / word.size();
}

Examples windows_of(const Scene& scene, Random& random) {
  const std::vector<int8_t> rows = feature_rows(to_int16(scene.samples));
  const auto n_rows = static_cast<int32_t>(rows.size()) / kRowFeatures;
  std::vector<int32_t> word, silence;
  for (int32_t row = 0; row + kWindowRows <= n_rows; ++row) {
    const double share = shown(scene.word, row);
    if (share >= (scene.label == kUnknown ? kShownUnknown : kShownWord)) word.push_back(row);
    if (share <= kShownSilence) silence.push_back(row);
  }
  Examples examples;
  for (int32_t i = 0; i < kWindowsPerScene && scene.label != kSilence && !word.empty(); ++i)
    add_window(rows, random.pick(word), scene.label, examples);
  if (!silence.empty()) add_window(rows, random.pick(silence), kSilence, examples);
  if (scene.label == kSilence && !silence.empty()) add_window(rows, 0, kSilence, examples);
  return examples;
}

}  // namespace

void Examples::append(const Examples& more) {
  features.insert(features.end(), more.features.begin(), more.features.end());
  labels.insert(labels.end(), more.labels.begin(), more.labels.end());
}

std::vector<int8_t> feature_rows(const std::vector<int16_t>& samples) {
  uint64_t memory[SoundFrontEnd::memory_words(kTables)];
  SoundFrontEnd front_end(kTables, memory);
  Span<const int16_t> rest{samples.data(), static_cast<int32_t>(samples.size())};
  std::vector<int8_t> rows;
  int8_t row[kRowFeatures];
  while (front_end.push(rest, row)) rows.insert(rows.end(), row, row + kRowFeatures);
  return rows;
}

Examples make_examples(const WordDataset& dataset, Part part, int32_t n_scenes, Random random,
                       const Variety& variety) {
  const std::vector<WordClip> clips = dataset.part(part);
  if (clips.empty()) throw Error("the dataset has too few speakers: none is left for a part of it");
  const Stage stage(dataset);
  const auto n_with_word = static_cast<int64_t>(clips.size()) * n_scenes;
  std::vector<Examples> pieces(static_cast<size_t>(n_with_word + n_with_word / 5));
  parallel_for(static_cast<int64_t>(pieces.size()), [&](int64_t i) {
    Random own = random.child(static_cast<uint64_t>(i));
    const Scene scene = i < n_with_word
                            ? stage.with_word(clips[static_cast<size_t>(i / n_scenes)], variety, own)
                            : stage.without_word(own);
    pieces[static_cast<size_t>(i)] = windows_of(scene, own);
  });
  Examples examples;
  for (const Examples& piece : pieces) examples.append(piece);
  return examples;
}

}  // namespace inkling::host
