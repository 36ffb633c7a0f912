// The listener: samples in, events out. Puts the path together: features, model, decision. Leaves out the
// microphone and what to do about an event.
#pragma once
#include "apps/yes_no/labels.h"
#include "inkling/decide/decider.h"
#include "inkling/inkling.h"
#include "inkling/signal/sound_front_end.h"

namespace inkling {

/// Why a model cannot listen; no text if it can.
struct Problem {
  const char* text = nullptr;
  int32_t got = 0;
  int32_t want = 0;
};

/// Listens with any model that takes rows of 40 features (int8 [1, rows * 40], [1, rows, 40] or [1, rows, 40,
/// 1]) and gives one int8 score per label.
class Listener {
 public:
  /// The largest model: its rows of features (49 are a second of sound) and its labels.
  static constexpr int32_t kMaxRows = 49;
  static constexpr int32_t kMaxLabels = 24;

  /// `net`, which has loaded its model, must outlive the listener. Words are reported from `threshold`, of
  /// 255, on.
  Listener(Interpreter& net, const Labels& labels, const DecideSettings& settings, uint8_t threshold);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  const Problem& problem() const { return problem_; }

  /// Takes up to a hop of samples, the last of them heard at now_ms. Returns true and fills `event` when they
  /// completed a word or something unknown; silence is no event. Samples that are all zero are replaced by
  /// faint noise.
  bool hear(Span<int16_t> samples, uint32_t now_ms, Event& event);

 private:
  static constexpr const SoundTables& kTables = sound_tables<micro_speech_settings>;
  static constexpr int32_t kChannels = micro_speech_settings.n_channels;
  /// The model runs every 80 ms: often enough to see a word from ten sides, seldom enough for a core of 50
  /// MHz, and the drivers of microphones keep that much sound meanwhile. A slower core runs it less often.
  static constexpr int32_t kHopsPerRun = 4;
  static constexpr int32_t kRunMs = kHopsPerRun * micro_speech_settings.hop_ms;
  /// The mean is taken over the scores of a second at most.
  static constexpr int32_t kMaxScores = 1000 / kRunMs + 1;

  static Problem find_problem(const Tensor& input, const Tensor& output, const Labels& labels);
  void add_noise(Span<int16_t> samples);
  void run_model();
  void copy_rows(int8_t* to) const;

  Interpreter& net_;
  Problem problem_;
  int32_t n_rows_;          // that the model looks at
  int32_t oldest_row_ = 0;  // in the ring
  int32_t n_missing_rows_;  // until the model runs
  uint32_t noise_ = 1;      // the state of a random number generator

  uint64_t front_end_memory_[SoundFrontEnd::memory_words(kTables)];
  SoundFrontEnd front_end_;
  int8_t rows_[kMaxRows * kChannels];  // the ring
  LabelRule rules_[kMaxLabels];
  uint8_t scores_[kMaxScores * kMaxLabels];
  uint32_t times_ms_[kMaxScores];
  Decider decider_;
};

}  // namespace inkling
