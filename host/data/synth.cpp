// Which words, in which voices, where in the second.
#include "host/data/synth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>

#include "host/data/hash.h"
#include "host/data/noise.h"
#include "host/data/parallel.h"
#include "host/data/sound.h"
#include "host/data/speech_span.h"
#include "host/data/voices.h"
#include "host/data/wav.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
constexpr int32_t kClipSamples = kSampleRateHz;
constexpr int32_t kNoiseSeconds = 30;
constexpr int32_t kOthersPerWordClip = 3;
constexpr int32_t kTries = 20;

const std::vector<std::string> kCommonWords = {
    "yes",     "no",     "yeah",   "yep",      "yet",     "yell",      "yellow", "guess",   "less",
    "chess",   "mess",   "dress",  "press",    "bless",   "west",      "guest",  "nest",    "best",
    "this",    "is",     "was",    "us",       "jazz",    "ways",      "six",    "go",      "so",
    "low",     "show",   "slow",   "though",   "row",     "snow",      "know",   "nose",    "note",
    "not",     "now",    "new",    "knee",     "nine",    "none",      "nope",   "mow",     "toe",
    "don't",   "won't",  "known",  "home",     "bowl",    "phone",     "old",    "open",    "over",
    "oh",      "hello",  "up",     "down",     "left",    "right",     "on",     "off",     "stop",
    "start",   "light",  "lamp",   "music",    "please",  "thank you", "water",  "table",   "window",
    "door",    "time",   "day",    "morning",  "what",    "where",     "who",    "how",     "when",
    "me",      "you",    "they",   "with",     "from",    "have",      "make",   "take",    "look",
    "turn",    "play",   "the",    "a",        "good",    "bad",       "big",    "small",   "zero",
    "one",     "two",    "three",  "four",     "five",    "seven",     "eight",  "ten",     "cat",
    "dog",     "bird",   "tree",   "house",    "happy",   "wow",       "follow", "learn",   "forward",
    "red",     "green",  "blue",   "computer", "kitchen", "weather",   "number", "between", "people",
    "because", "summer", "garden", "machine"};

/// Levenshtein's distance.
int32_t distance(const std::string& a, const std::string& b) {
  std::vector<int32_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    int32_t diagonal = row[0]++;
    for (size_t j = 0; j < b.size(); ++j) {
      const int32_t replaced = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

/// The words to be told from `words`: similar ones first. Left out are those that sound the same or begin
/// with all of a word (note, for no): who listens to a stream has heard the word before the rest comes.
std::vector<std::string> rivals(const SynthSettings& settings, const Voices& voices) {
  std::vector<std::pair<int32_t, std::string>> ranked;
  std::vector<std::string> wanted;
  for (const std::string& word : settings.words) wanted.push_back(voices.phonemes(word));
  for (const std::string& other : settings.others.empty() ? kCommonWords : settings.others) {
    const std::string sounds = voices.phonemes(other);
    int32_t nearest = INT32_MAX;
    bool begins_alike = false;
    for (const std::string& word : wanted) {
      nearest = std::min(nearest, distance(sounds, word));
      begins_alike |= sounds.compare(0, word.size(), word) == 0;
    }
    if (!begins_alike) ranked.emplace_back(nearest, other);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> words;
  for (auto& [rank, word] : ranked) words.push_back(std::move(word));
  if (words.empty()) throw Error("no other words to tell the words from; name some with --others");
  return words;
}

/// One dataset in the making.
class Synth {
 public:
  Synth(const SynthSettings& settings, fs::path folder)
      : settings_(settings),
        folder_(std::move(folder)),
        voices_(settings.language),
        rivals_(rivals(settings, voices_)),
        random_(settings.seed) {}

  /// Clip number `i` of them all: first the words', then the others'.
  void make(int64_t i) const {
    Random random = random_.child(static_cast<uint64_t>(i));
    const auto word = static_cast<size_t>(i / settings_.n_per_word);
    const bool is_other = word >= settings_.words.size();
    for (int32_t tries = 0; tries < kTries; ++tries) {
      const std::string text = is_other ? other(random) : settings_.words[word];
      const Voices::Manner manner = voices_.any(random);
      const fs::path scratch = folder_ / fmt::format("{}.part.wav", i);
      std::vector<int16_t> speech = spoken(Voices::speak(manner, text, scratch));
      // Of a phrase, a second from somewhere.
      const bool is_phrase = std::count(text.begin(), text.end(), ' ') >= 3;
      if (is_phrase && speech.size() > kClipSamples) {
        const int32_t start = random.below(static_cast<int32_t>(speech.size()) - kClipSamples);
        speech = {speech.begin() + start, speech.begin() + start + kClipSamples};
      }
      if (speech.size() < kSampleRateHz / 20 || speech.size() > kClipSamples) continue;
      const std::string name =
          is_other ? fmt::format("{}-{}", is_phrase ? "phrase" : text, i) : std::to_string(i);
      write_wav(
          folder_ / (is_other ? "_unknown_" : text) / fmt::format("{}_nohash_{}.wav", manner.speaker, name),
          placed(speech, random));
      return;
    }
    throw Error(fmt::format("'{}' cannot be spoken within a second; want shorter words",
                            is_other ? "the others" : settings_.words[word]));
  }

  void make_noises() const {
    const std::vector<std::string>& kinds = noise_kinds();
    parallel_for(static_cast<int64_t>(kinds.size()), [&](int64_t i) {
      const std::string& kind = kinds[static_cast<size_t>(i)];
      write_wav(
          folder_ / "_background_noise_" / (kind + ".wav"),
          make_noise(kind, kNoiseSeconds * kSampleRateHz,
                     random_.child(fnv1a32(reinterpret_cast<const uint8_t*>(kind.data()), kind.size()))));
    });
  }

 private:
  /// A third each: parts of phrases, words that sound similar, any words.
  std::string other(Random& random) const {
    const auto n = static_cast<int32_t>(rivals_.size());
    const auto any = [&] { return rivals_[static_cast<size_t>(random.below(n))]; };
    if (random.chance(0.35)) return fmt::format("{} {} {} {} {}", any(), any(), any(), any(), any());
    return random.chance(0.45) ? rivals_[static_cast<size_t>(random.below(std::min(n, 25)))] : any();
  }

  static std::vector<int16_t> spoken(const std::vector<int16_t>& samples) {
    const SampleSpan span = speech_span(samples);
    return {samples.begin() + span.begin, samples.begin() + span.end};
  }

  /// About the middle of a second, more or less loud.
  static std::vector<int16_t> placed(const std::vector<int16_t>& speech, Random& random) {
    const auto room = kClipSamples - static_cast<int32_t>(speech.size());
    const auto start =
        std::clamp(room / 2 + static_cast<int32_t>(random.uniform(-0.15, 0.15) * kClipSamples), 0, room);
    std::vector<float> clip(kClipSamples);
    std::copy(speech.begin(), speech.end(), clip.begin() + start);
    return normalized(clip, static_cast<float>(random.uniform(0.2, 0.95)));
  }

  const SynthSettings& settings_;
  fs::path folder_;
  Voices voices_;
  std::vector<std::string> rivals_;
  Random random_;
};

}  // namespace

int64_t n_synth_clips(const SynthSettings& settings) {
  return static_cast<int64_t>(settings.words.size() + kOthersPerWordClip) * settings.n_per_word;
}

void synthesize(const SynthSettings& settings, const fs::path& folder, const std::function<void()>& on_clip) {
  if (fs::exists(folder)) throw Error(fmt::format("{}: exists already, want a new folder", folder.string()));
  const Synth synth(settings, folder);
  for (const std::string& word : settings.words) fs::create_directories(folder / word);
  fs::create_directories(folder / "_unknown_");
  fs::create_directories(folder / "_background_noise_");
  synth.make_noises();
  std::mutex mutex;
  parallel_for(n_synth_clips(settings), [&](int64_t i) {
    synth.make(i);
    const std::lock_guard lock(mutex);
    on_clip();
  });
}

}  // namespace inkling::host
