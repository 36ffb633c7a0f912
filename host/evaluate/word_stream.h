// How a model of words fares in long sounds: what the device would report when, and how much of that is
// right. Leaves out single clips: word_clips.h.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/evaluate/word_model.h"
#include "inkling/decide/decider.h"

namespace inkling::host {

/// A word that was reported.
struct HeardLabel {
  double time_s;
  std::string label;
  double score;  ///< 0 .. 1
};

/// A word that was said.
struct Utterance {
  double begin_s, end_s;
  std::string label;
};

struct StreamScore {
  int64_t n_said = 0;
  int64_t n_detected = 0;
  int64_t n_false = 0;
  double duration_s = 0;

  double detection_rate() const;
  double false_accepts_per_hour() const;
  StreamScore& operator+=(const StreamScore& other);
};

/// The words that the decider reports (no silence, nothing unknown) over a sound, with the same threshold for
/// every word.
std::vector<HeardLabel> heard_in(WordModel& model, const std::vector<int16_t>& sound,
                                 const DecideSettings& settings, uint8_t threshold);

/// Reads a text file with a line per utterance: "BEGIN_S END_S LABEL", as Audacity exports labels, or
/// "TIME_S LABEL". Throws an Error that names the line.
std::vector<Utterance> read_utterances(const std::filesystem::path& path);

/// An utterance is detected by the first report of its label from its begin until 1.5 s after its end (2.5 s
/// if only a time is given); reports that detect nothing are false. Utterances of labels that are not among
/// `words` are other speech.
StreamScore match(const std::vector<HeardLabel>& heard, const std::vector<Utterance>& said,
                  const std::vector<std::string>& words, double duration_s);

}  // namespace inkling::host
