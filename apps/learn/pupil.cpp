// An utterance is the mean of what the head sees while it lasts, see pupil.h.
#include "apps/learn/pupil.h"

#include "inkling/core/memory.h"

namespace inkling {
namespace {

// In runs of 80 ms: a word shows in more than two of them, and is over when two were quiet.
constexpr int32_t kFewestRuns = 3;
constexpr int32_t kMostRuns = 16;
constexpr int32_t kQuietRuns = 2;

}  // namespace

Pupil::Pupil(Interpreter& net, LinkedHead head, int32_t silence)
    : net_(net), head_(head), silence_(silence), known_(head.n_features, memory_) {
  net_.observe(watch, this);
}

bool Pupil::watch(void* self, const StepEvent& event) {
  Pupil& pupil = *static_cast<Pupil*>(self);
  if (event.subgraph == 0 && event.op == pupil.head_.op && !event.done) {
    copy_bytes(pupil.features_, event.io->in<int8_t>(0), pupil.head_.n_features);
    pupil.has_run_ = true;
  }
  return true;
}

Lesson Pupil::listen(bool teaching, int32_t label) {
  if (!has_run_) return {};
  has_run_ = false;
  const bool is_quiet = net_.output(0).as<int8_t>()[silence_] >= 0;  // half of full score
  if (is_quiet && n_heard_ == 0) return {};
  if (n_heard_ == 0) {
    fill_bytes(sums_, 0, static_cast<int32_t>(sizeof sums_));
    teaching_ = false;
    n_quiet_ = 0;
  }
  teaching_ |= teaching;
  if (is_quiet) {
    ++n_quiet_;
  } else {
    n_quiet_ = 0;
    ++n_heard_;
    for (int32_t i = 0; i < head_.n_features; ++i) sums_[i] += features_[i];
  }
  return n_quiet_ >= kQuietRuns || n_heard_ >= kMostRuns ? conclude(label) : Lesson{};
}

Lesson Pupil::conclude(int32_t label) {
  const int32_t n = n_heard_;
  n_heard_ = 0;
  if (n < kFewestRuns) return {};
  for (int32_t i = 0; i < head_.n_features; ++i) features_[i] = static_cast<int8_t>(sums_[i] / n);
  const Span<const int8_t> features{features_, head_.n_features};
  if (teaching_)
    return {known_.learn(label, features) ? Lesson::Kind::taught : Lesson::Kind::refused, label, 0};
  const Likeness like = known_.find(features);
  if (like.nearest < 0) return {};
  return {like.label < 0 ? Lesson::Kind::unlike : Lesson::Kind::recognized, like.nearest, like.score};
}

}  // namespace inkling
