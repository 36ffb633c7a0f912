// The decider: a stream of scores in, one event per spoken word out. Leaves out what to do about an event.
//
// A model that looks at the last second several times a second sees each word many times, with scores that
// rise, waver and fall. The starting point is RecognizeCommands of TensorFlow's micro_speech: the mean of the
// scores over a sliding window, a threshold, a hold-off. It reports a word again when its mean stays high for
// longer than the hold-off, and it reports a pair of labels that take turns at the top over and over. Here a
// reported word is over only when its mean has fallen below a lower level (hysteresis), and the hold-off
// holds for all labels: one event per utterance.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// How a label is treated.
struct LabelRule {
  uint8_t threshold = 200;  ///< report when the mean score is at least this, of 255
  bool reported =
      true;  ///< false for silence and unknown: they compete for the first place, but are no events
};

/// When scores become an event. The defaults suit words of up to a second and a few scores per second or
/// more.
struct DecideSettings {
  uint32_t window_ms = 1000;        ///< the mean is taken over the scores of this stretch
  uint32_t hold_off_ms = 500;       ///< no second event, of any label, within this time
  uint8_t release_percent = 60;     ///< a reported word is over below this share of its threshold
  uint8_t min_scores = 3;           ///< no event from fewer scores in the window
  uint8_t min_window_percent = 25;  ///< nor from scores that span less than this share of the window
};

/// Turns quantized scores into 0..255: (score - zero_point) * multiplier_q16 / 2^16, rounded and clamped.
/// The default is that of a softmax output (scale 1/256, zero point -128), where it is score + 128.
struct ScoreScale {
  int32_t zero_point = -128;
  int32_t multiplier_q16 = 1 << 16;

  /// For an output with the given scale (1/65536 .. 128), where 1.0 is full score.
  static constexpr ScoreScale of(float scale, int32_t zero_point) {
    return {zero_point, static_cast<int32_t>(scale * 256.0f * 65536.0f + 0.5f)};
  }
  constexpr uint8_t operator()(int8_t score) const {
    const int64_t scaled = (static_cast<int64_t>(score - zero_point) * multiplier_q16 + (1 << 15)) >> 16;
    return static_cast<uint8_t>(scaled < 0 ? 0 : scaled > 255 ? 255 : scaled);
  }
};

/// A word was heard.
struct Event {
  uint32_t time_ms = 0;
  int32_t label = 0;
  uint8_t score = 0;  ///< the mean, of 255
};

/// Decides over one stream of scores. All its memory is the caller's; several work side by side.
class Decider {
 public:
  /// One rule per label, 64 at most. The history holds the last times_ms.size rows of scores: `scores` has
  /// times_ms.size * rules.size elements. If a window holds more rows than that, the oldest are left out.
  /// All three must outlive the decider. Too small a `scores`, or no
  /// times, or no or too many labels, and it never reports.
  Decider(const DecideSettings& settings, Span<const LabelRule> rules, Span<uint8_t> scores,
          Span<uint32_t> times_ms, ScoreScale scale = {});

  /// Takes one row of scores (rules.size elements) that the model gave at now_ms. Returns true, and fills
  /// `event`, when a word was heard. now_ms may wrap around; if it runs backwards, the history is dropped.
  bool push(uint32_t now_ms, Span<const int8_t> row, Event& event);

  /// The mean score of a label over the window, of 255; 0 without scores.
  uint8_t mean(int32_t label) const;

  /// Forgets all scores and events: as new.
  void reset();

 private:
  void append(uint32_t now_ms, Span<const int8_t> row);
  void release(int32_t label, uint8_t label_mean);
  bool enough_scores(uint32_t now_ms) const;
  /// The position in the history of the i-th oldest row.
  int32_t slot(int32_t i) const;

  DecideSettings settings_;
  Span<const LabelRule> rules_;
  Span<uint8_t> scores_;
  Span<uint32_t> times_ms_;
  ScoreScale scale_;
  int32_t oldest_ = 0;
  int32_t n_rows_ = 0;
  uint64_t heard_ = 0;  ///< a bit for each label that was reported and whose utterance is not over
  uint32_t last_event_ms_ = 0;
  bool holding_off_ = false;
};

}  // namespace inkling
