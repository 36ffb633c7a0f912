// The decider of the device over the scores of a sound.
#include "host/evaluate/word_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <sstream>

#include "host/data/files.h"
#include "host/error.h"
#include "host/evaluate/word_clips.h"

namespace inkling::host {
namespace {

constexpr double kLate = 1.5;
constexpr double kLongestWord = 1;

std::vector<int8_t> quantized(const std::vector<float>& scores) {
  std::vector<int8_t> result;
  for (const float score : scores)
    result.push_back(static_cast<int8_t>(std::clamp(std::lround(score * 256) - 128, -128l, 127l)));
  return result;
}

std::optional<double> number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(value)) return {};
  return value;
}

std::optional<Utterance> utterance_in(const std::string& line) {
  std::istringstream text(line);
  std::string first, second, rest;
  text >> first >> second;
  std::getline(text >> std::ws, rest);
  const std::optional<double> begin = number(first), end = number(second);
  if (!begin || second.empty()) return {};
  if (!rest.empty() && end)
    return *end < *begin ? std::nullopt : std::optional(Utterance{*begin, *end, rest});
  return Utterance{*begin, *begin + kLongestWord, rest.empty() ? second : second + " " + rest};
}

}  // namespace

double StreamScore::detection_rate() const {
  return n_said == 0 ? 0 : static_cast<double>(n_detected) / static_cast<double>(n_said);
}

double StreamScore::false_accepts_per_hour() const {
  return duration_s > 0 ? static_cast<double>(n_false) * 3600 / duration_s : 0;
}

StreamScore& StreamScore::operator+=(const StreamScore& other) {
  n_said += other.n_said;
  n_detected += other.n_detected;
  n_false += other.n_false;
  duration_s += other.duration_s;
  return *this;
}

std::vector<WordModel::Moment> moments_of(WordModel& model, const std::vector<int16_t>& sound) {
  std::vector<int16_t> samples = sound;
  samples.resize(sound.size() + static_cast<size_t>(model.window_samples()));
  return model.hear(as_heard(std::move(samples)));
}

std::vector<HeardLabel> decide(const WordModel& model, const std::vector<WordModel::Moment>& moments,
                               const WordDecision& decision) {
  const std::vector<std::string>& labels = model.labels();
  std::vector<LabelRule> rules;
  for (const std::string& label : labels)
    rules.push_back({decision.threshold, plain_label(label) != "silence"});
  std::vector<uint32_t> times(decision.smoothing_ms / 80 + 2);
  std::vector<uint8_t> history(times.size() * labels.size());
  const auto n = [](const auto& list) { return static_cast<int32_t>(list.size()); };
  Decider decider(decision.settings(), {rules.data(), n(rules)}, {history.data(), n(history)},
                  {times.data(), n(times)});
  std::vector<HeardLabel> heard;
  for (const WordModel::Moment& moment : moments) {
    const std::vector<int8_t> scores = quantized(moment.scores);
    Event event;
    if (!decider.push(model.end_ms(moment), {scores.data(), n(scores)}, event)) continue;
    const std::string& label = labels[static_cast<size_t>(event.label)];
    if (is_word(label)) heard.push_back({event.time_ms / 1000.0, label, event.score / 255.0});
  }
  return heard;
}

std::vector<HeardLabel> heard_in(WordModel& model, const std::vector<int16_t>& sound,
                                 const WordDecision& decision) {
  return decide(model, moments_of(model, sound), decision);
}

StreamScore score_streams(const WordModel& model, const std::vector<Stream>& streams,
                          const WordDecision& decision, std::vector<HeardLabel>* heard) {
  StreamScore score;
  for (const Stream& stream : streams) {
    const std::vector<HeardLabel> words = decide(model, stream.moments, decision);
    score += match(words, stream.said, model.labels(), stream.duration_s);
    if (heard != nullptr) heard->insert(heard->end(), words.begin(), words.end());
  }
  return score;
}

uint8_t threshold_for(const WordModel& model, const std::vector<Stream>& streams, WordDecision decision,
                      double false_accepts_per_hour) {
  constexpr int kHalf = 128;
  int found = 256;
  for (int threshold = 255; threshold >= kHalf; --threshold) {
    decision.threshold = static_cast<uint8_t>(threshold);
    const double rate = score_streams(model, streams, decision).false_accepts_per_hour();
    if (rate > false_accepts_per_hour && found == 256)
      throw Error(
          fmt::format("at every threshold there are more than {} false accepts per hour (got {:.2f} at 255); "
                      "want other settings, or a model that learned more of what it must not react to",
                      false_accepts_per_hour, rate));
    if (rate > false_accepts_per_hour) break;
    found = threshold;
  }
  return static_cast<uint8_t>(found);
}

std::vector<Utterance> read_utterances(const std::filesystem::path& path) {
  const std::vector<uint8_t> bytes = read_file(path);
  std::istringstream text(std::string(bytes.begin(), bytes.end()));
  std::vector<Utterance> utterances;
  std::string line;
  for (int i = 1; std::getline(text, line); ++i) {
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    const std::optional<Utterance> utterance = utterance_in(line);
    if (!utterance)
      throw Error(
          fmt::format("{}: line {} is no utterance (got \"{}\", want \"BEGIN_S END_S LABEL\" or "
                      "\"TIME_S LABEL\")",
                      path.string(), i, line));
    utterances.push_back(*utterance);
  }
  return utterances;
}

StreamScore match(const std::vector<HeardLabel>& heard, const std::vector<Utterance>& said,
                  const std::vector<std::string>& words, double duration_s) {
  StreamScore score;
  score.duration_s = duration_s;
  std::vector<bool> is_used(heard.size());
  for (const Utterance& utterance : said) {
    const std::string label = plain_label(utterance.label);
    const auto same = [&](const std::string& word) { return plain_label(word) == label; };
    if (!is_word(label) || std::none_of(words.begin(), words.end(), same)) continue;
    ++score.n_said;
    for (size_t i = 0; i < heard.size(); ++i) {
      const double t = heard[i].time_s;
      if (is_used[i] || !same(heard[i].label) || t < utterance.begin_s || t > utterance.end_s + kLate)
        continue;
      is_used[i] = true;
      ++score.n_detected;
      break;
    }
  }
  score.n_false = std::count(is_used.begin(), is_used.end(), false);
  return score;
}

}  // namespace inkling::host
