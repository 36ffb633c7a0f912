// The decider, see decider.h. Means are summed up anew for each row: a few hundred additions, and no sum that
// could drift from its history.
#include "inkling/decide/decider.h"

namespace inkling {

Decider::Decider(const DecideSettings& settings, Span<const LabelRule> rules, Span<uint8_t> scores,
                 Span<uint32_t> times_ms, ScoreScale scale)
    : settings_(settings), rules_(rules), scores_(scores), times_ms_(times_ms), scale_(scale) {
  if (scores.size < rules.size * times_ms.size || rules.size > 64) times_ms_ = {};
}

void Decider::reset() {
  n_rows_ = 0;
  heard_ = 0;
  holding_off_ = false;
}

int32_t Decider::slot(int32_t i) const {
  const int32_t position = oldest_ + i;
  return position < times_ms_.size ? position : position - times_ms_.size;
}

void Decider::append(uint32_t now_ms, Span<const int8_t> row) {
  // Times are compared by their difference, which is right across the wrap-around.
  if (n_rows_ > 0 && static_cast<int32_t>(now_ms - times_ms_[slot(n_rows_ - 1)]) < 0) n_rows_ = 0;
  while (n_rows_ > 0 && (n_rows_ == times_ms_.size || now_ms - times_ms_[oldest_] > settings_.window_ms)) {
    oldest_ = slot(1);
    --n_rows_;
  }
  const int32_t newest = slot(n_rows_++);
  times_ms_[newest] = now_ms;
  for (int32_t i = 0; i < rules_.size; ++i) scores_[newest * rules_.size + i] = scale_(row[i]);
}

uint8_t Decider::mean(int32_t label) const {
  if (n_rows_ == 0) return 0;
  uint32_t sum = 0;
  for (int32_t i = 0; i < n_rows_; ++i) sum += scores_[slot(i) * rules_.size + label];
  const uint32_t n = static_cast<uint32_t>(n_rows_);
  return static_cast<uint8_t>((sum + n / 2) / n);
}

bool Decider::enough_scores(uint32_t now_ms) const {
  const uint32_t span_ms = now_ms - times_ms_[oldest_];
  return n_rows_ >= settings_.min_scores &&
         span_ms * 100 >= settings_.window_ms * settings_.min_window_percent;
}

void Decider::release(int32_t label, uint8_t label_mean) {
  if (label_mean * 100 < rules_[label].threshold * settings_.release_percent)
    heard_ &= ~(uint64_t{1} << label);
}

bool Decider::push(uint32_t now_ms, Span<const int8_t> row, Event& event) {
  if (times_ms_.size == 0 || rules_.size == 0) return false;
  append(now_ms, row);
  if (holding_off_ && now_ms - last_event_ms_ >= settings_.hold_off_ms) holding_off_ = false;
  // Before the release: the few scores after a gap are no reason to believe that a word is over.
  if (!enough_scores(now_ms)) return false;

  int32_t top = 0;
  uint8_t top_mean = 0;
  for (int32_t label = 0; label < rules_.size; ++label) {
    const uint8_t label_mean = mean(label);
    release(label, label_mean);
    if (label_mean <= top_mean) continue;
    top = label;
    top_mean = label_mean;
  }
  const LabelRule& rule = rules_[top];
  const uint64_t bit = uint64_t{1} << top;
  if (!rule.reported || top_mean < rule.threshold || holding_off_ || (heard_ & bit) != 0) return false;
  heard_ |= bit;
  holding_off_ = true;
  last_event_ms_ = now_ms;
  event = {now_ms, top, top_mean};
  return true;
}

}  // namespace inkling
