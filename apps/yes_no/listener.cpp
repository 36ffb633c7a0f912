// The listener, see listener.h.
#include "apps/yes_no/listener.h"

#include "inkling/core/port.h"

namespace inkling {
namespace {

// What stands for silence: -2..2. A microphone that is switched off or muted gives zeros, and the front end
// takes them for a room without any noise. Whatever then comes first has an onset that passes for a word.
constexpr uint32_t kSilenceLevels = 5;

bool is_silent(Span<const int16_t> samples) {
  for (const int16_t sample : samples)
    if (sample != 0) return false;
  return true;
}

}  // namespace

Listener::Listener(Interpreter& net, const Labels& labels, const DecideSettings& settings, uint8_t threshold)
    : net_(net),
      problem_(find_problem(net.input(0), net.output(0), labels)),
      n_rows_(problem_.text ? 0 : net.input(0).n_elements / kChannels),
      n_missing_rows_(n_rows_),
      front_end_(kTables, front_end_memory_),
      decider_(settings, {rules_, labels.count()}, scores_, times_ms_,
               ScoreScale::of(net.output(0).scale(), net.output(0).zero_point())) {
  if (problem_.text) return;
  for (int32_t i = 0; i < labels.count(); ++i) rules_[i] = {threshold, labels.kind(i) != LabelKind::silence};
}

Problem Listener::find_problem(const Tensor& input, const Tensor& output, const Labels& labels) {
  if (input.type != Type::int8)
    return {"the model's input has the wrong type", static_cast<int32_t>(input.type),
            static_cast<int32_t>(Type::int8)};
  if (output.type != Type::int8)
    return {"the model's output has the wrong type", static_cast<int32_t>(output.type),
            static_cast<int32_t>(Type::int8)};
  const int32_t n = input.n_elements;
  if (n == 0 || n % kChannels != 0 || n > kMaxRows * kChannels)
    return {"the model's input must be rows of 40 features", n, kMaxRows * kChannels};
  if (output.n_elements != labels.count())
    return {"the model's outputs are not as many as the labels", output.n_elements, labels.count()};
  if (!(output.scale() >= 1.0f / 65536 && output.scale() <= 128.0f))
    return {"the model's output has no usable scale", 0, 1};
  if (labels.count() > kMaxLabels) return {"the model has too many labels", labels.count(), kMaxLabels};
  return {};
}

bool Listener::hear(Span<int16_t> samples, uint32_t now_ms, Event& event) {
  if (problem_.text) return false;
  if (is_silent(samples)) add_noise(samples);
  Span<const int16_t> rest = samples;
  bool heard = false;
  while (front_end_.push(rest, {rows_ + oldest_row_ * kChannels, kChannels})) {
    oldest_row_ = oldest_row_ + 1 < n_rows_ ? oldest_row_ + 1 : 0;
    if (--n_missing_rows_ > 0) continue;
    run_model();
    const Tensor output = net_.output(0);
    heard |= decider_.push(now_ms, {output.as<int8_t>(), output.n_elements}, event);
  }
  return heard;
}

void Listener::add_noise(Span<int16_t> samples) {
  for (int16_t& sample : samples) {
    noise_ = noise_ * 1664525 + 1013904223;
    const auto level = static_cast<int32_t>((noise_ >> 16) * kSilenceLevels >> 16);
    sample = static_cast<int16_t>(level - static_cast<int32_t>(kSilenceLevels / 2));
  }
}

void Listener::run_model() {
  const uint32_t start_ms = port::now_ms();
  copy_rows(net_.input(0).as<int8_t>());
  static_cast<void>(net_.invoke());  // cannot fail: the model was loaded
  // The model gets half of the time at most, so that the microphone is always read again before it overflows.
  const int32_t busy_hops =
      static_cast<int32_t>(port::now_ms() - start_ms) * 2 / micro_speech_settings.hop_ms;
  n_missing_rows_ = busy_hops < kHopsPerRun ? kHopsPerRun : busy_hops + 1;
}

void Listener::copy_rows(int8_t* to) const {
  const int32_t n_older = (n_rows_ - oldest_row_) * kChannels;
  copy_bytes(to, rows_ + oldest_row_ * kChannels, n_older);
  copy_bytes(to + n_older, rows_, oldest_row_ * kChannels);
}

}  // namespace inkling
