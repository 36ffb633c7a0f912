// How a model of words fares in long sounds: what the device would report when, and how much of that is
// right. Leaves out single clips: word_clips.h.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/evaluate/word_decision.h"
#include "host/evaluate/word_model.h"

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

/// What the model says over a long sound, until a last word has been heard to its end.
std::vector<WordModel::Moment> moments_of(WordModel& model, const std::vector<int16_t>& sound);

/// The words that the decider reports (no silence, nothing unknown) over the moments of a sound, with the
/// same threshold for every word.
std::vector<HeardLabel> decide(const WordModel& model, const std::vector<WordModel::Moment>& moments,
                               const WordDecision& decision);
/// Both.
std::vector<HeardLabel> heard_in(WordModel& model, const std::vector<int16_t>& sound,
                                 const WordDecision& decision);

/// Reads a text file with a line per utterance: "BEGIN_S END_S LABEL", as Audacity exports labels, or
/// "TIME_S LABEL". Throws an Error that names the line.
std::vector<Utterance> read_utterances(const std::filesystem::path& path);

/// An utterance is detected by the first report of its label from its begin until 1.5 s after its end (2.5 s
/// if only a time is given); reports that detect nothing are false. Utterances of labels that are not among
/// `words` are other speech.
StreamScore match(const std::vector<HeardLabel>& heard, const std::vector<Utterance>& said,
                  const std::vector<std::string>& words, double duration_s);

/// A long sound, as a model hears it, and what is said in it.
struct Stream {
  std::vector<WordModel::Moment> moments;
  std::vector<Utterance> said;
  double duration_s;
};

/// How the model fares in the streams with this decision; what it reports goes to `heard` unless that is
/// null.
StreamScore score_streams(const WordModel& model, const std::vector<Stream>& streams,
                          const WordDecision& decision, std::vector<HeardLabel>* heard = nullptr);

/// The lowest threshold, from half of full score on, with at most so many false accepts per hour, and all
/// higher ones have no more. Throws an Error if there is none.
uint8_t threshold_for(const WordModel& model, const std::vector<Stream>& streams, WordDecision decision,
                      double false_accepts_per_hour);

}  // namespace inkling::host
