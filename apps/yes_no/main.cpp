// yes_no: listens for words. The first word of the labels lights yellow, the second red, any other and what
// is unknown green; blue is the heartbeat; each word is a line on the console. A model that does not work: a
// line on the console, red blinking. Leaves out everything that the model knows: linked_model.h.
#include "apps/yes_no/console.h"
#include "apps/yes_no/lights.h"
#include "apps/yes_no/linked_model.h"
#include "apps/yes_no/listener.h"

namespace inkling {
namespace {

constexpr int32_t kHopSamples = micro_speech_settings.hop_samples();

port::Led light_of(const Labels& labels, int32_t label) {
  if (labels.kind(label) != LabelKind::word) return port::Led::green;
  const int32_t word = labels.words_before(label);
  return word == 0 ? port::Led::yellow : word == 1 ? port::Led::red : port::Led::green;
}

void say_event(const Labels& labels, const Event& event) {
  char word[32];
  Span<const char> label = labels[event.label];
  if (label.size > static_cast<int32_t>(sizeof word) - 1) label.size = sizeof word - 1;
  copy_bytes(word, label.data, label.size);
  word[label.size] = '\0';
  say("heard ", word, ", score ", int32_t{event.score}, " of 255, at ", static_cast<int32_t>(event.time_ms),
      " ms\n");
}

void listen(Listener& listener, const Labels& labels) {
  Lights lights;
  int16_t samples[kHopSamples];
  int32_t n_samples;
  do {
    n_samples = port::read_microphone(samples, kHopSamples);
    const uint32_t now_ms = port::now_ms();
    Event event;
    if (listener.hear({samples, n_samples}, now_ms, event)) {
      lights.show(light_of(labels, event.label), now_ms);
      if (labels.kind(event.label) == LabelKind::word) say_event(labels, event);
    }
    lights.update(now_ms);
  } while (n_samples == kHopSamples);
}

int run() {
  static Interpreter net(linked_model, linked_arena, linked_operators);
  if (net.status() != Status::ok) {
    const Failure& failure = net.failure();
    say("error: the model cannot be loaded: status ", static_cast<int32_t>(failure.status), ", reason ",
        int32_t{failure.why.number}, ", operator ", int32_t{failure.op}, " ", failure.op_name, ", got ",
        failure.got, ", want ", failure.want, "\n");
    return 1;
  }
  static const Labels labels(linked_labels);
  static Listener listener(net, labels, linked_settings, linked_threshold);
  if (const Problem& problem = listener.problem(); problem.text) {
    say("error: ", problem.text, " (got ", problem.got, ", want ", problem.want, ")\n");
    return 1;
  }
  say("listening; the model uses ", net.arena_used(), " of ", linked_arena.size, " bytes of arena\n");
  listen(listener, labels);
  return 0;
}

}  // namespace
}  // namespace inkling

int main() {
  const int status = inkling::run();
  if (status != 0) inkling::blink_red();
  return status;
}
