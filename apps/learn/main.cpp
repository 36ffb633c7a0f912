// learn: three words of your own, each lit in its colour: yellow, red, green. What is said while the button
// is held becomes a take of the word whose turn it is; a click without a word goes on to the next. What is
// said otherwise is recognized. Keeps what it learned until it is switched off. Leaves out how words are
// found: pupil.h.
#include "apps/learn/pupil.h"
#include "apps/yes_no/console.h"
#include "apps/yes_no/lights.h"
#include "apps/yes_no/linked_model.h"
#include "apps/yes_no/listener.h"

namespace inkling {
namespace {

constexpr int32_t kHopSamples = micro_speech_settings.hop_samples();
constexpr uint32_t kClickMs = 300;  // shorter than any word

/// Which word's turn it is, by the button.
class Turn {
 public:
  /// Returns whether the button was clicked just now: then it is the next word's turn.
  bool update(bool down, uint32_t now_ms) {
    const bool clicked = down_ && !down && now_ms - since_ms_ < kClickMs;
    if (down && !down_) since_ms_ = now_ms;
    down_ = down;
    if (clicked) label_ = label_ + 1 < Pupil::kClasses ? label_ + 1 : 0;
    return clicked;
  }
  int32_t label() const { return label_; }
  /// Held for longer than a click.
  bool is_held(uint32_t now_ms) const { return down_ && now_ms - since_ms_ >= kClickMs; }

 private:
  bool down_ = false;
  uint32_t since_ms_ = 0;
  int32_t label_ = 0;
};

port::Led light_of(int32_t label) {
  return label == 0 ? port::Led::yellow : label == 1 ? port::Led::red : port::Led::green;
}

void say_lesson(const Pupil& pupil, const Lesson& lesson, uint32_t now_ms) {
  const int32_t word = lesson.label + 1;
  switch (lesson.kind) {
    case Lesson::Kind::taught:
      say("taught word ", word, ", take ", pupil.n_takes(lesson.label), "\n");
      break;
    case Lesson::Kind::refused:
      say("word ", word, " has as many takes as it can\n");
      break;
    case Lesson::Kind::recognized:
      say("heard word ", word, ", score ", int32_t{lesson.score}, " of 255, at ",
          static_cast<int32_t>(now_ms), " ms\n");
      break;
    case Lesson::Kind::unlike:
      say("unlike all words, nearest to word ", word, ", score ", int32_t{lesson.score}, "\n");
      break;
    case Lesson::Kind::none:
      break;
  }
}

void teach_and_listen(Listener& listener, Pupil& pupil) {
  Lights lights;
  Turn turn;
  int16_t samples[kHopSamples];
  int32_t n_samples;
  do {
    n_samples = port::read_microphone(samples, kHopSamples);
    const uint32_t now_ms = port::now_ms();
    Event event;
    static_cast<void>(listener.hear({samples, n_samples}, now_ms, event));
    if (turn.update(port::button(), now_ms)) {
      lights.show(light_of(turn.label()), now_ms);
      say("word ", turn.label() + 1, "\n");
    }
    const Lesson lesson = pupil.listen(turn.is_held(now_ms), turn.label());
    say_lesson(pupil, lesson, now_ms);
    if (lesson.kind == Lesson::Kind::taught || lesson.kind == Lesson::Kind::recognized)
      lights.show(light_of(lesson.label), now_ms);
    lights.update(now_ms);
  } while (n_samples == kHopSamples);
}

int fail(const char* text, int32_t got, int32_t want) {
  say("error: ", text, " (got ", got, ", want ", want, ")\n");
  return 1;
}

int32_t silence_of(const Labels& labels) {
  for (int32_t i = 0; i < labels.count(); ++i)
    if (labels.kind(i) == LabelKind::silence) return i;
  return -1;
}

int run() {
  static Interpreter net(linked_model, linked_arena, linked_operators);
  if (net.status() != Status::ok) {
    say("error: the model cannot be loaded: status ", static_cast<int32_t>(net.status()), ", reason ",
        int32_t{net.failure().why.number}, "\n");
    return 1;
  }
  static const Labels labels(linked_labels);
  static Listener listener(net, labels, linked_settings, linked_threshold);
  if (const Problem& problem = listener.problem(); problem.text)
    return fail(problem.text, problem.got, problem.want);
  if (linked_head.op < 0 || linked_head.n_features < 1 || linked_head.n_features > Pupil::kMaxFeatures)
    return fail("the model has no last layer with features to learn", linked_head.n_features,
                Pupil::kMaxFeatures);
  if (silence_of(labels) < 0) return fail("the model has no label for silence", 0, 1);
  static Pupil pupil(net, linked_head, silence_of(labels));
  say("hold the button and say a word\n");
  teach_and_listen(listener, pupil);
  return 0;
}

}  // namespace
}  // namespace inkling

int main() {
  const int status = inkling::run();
  if (status != 0) inkling::blink_red();
  return status;
}
