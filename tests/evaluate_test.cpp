// Tests of host/evaluate: clips get the right labels and guesses, long sounds the right reports, counts add
// up, and the page holds what was found. The model under test is made here: it hears low and high tones.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>

#include "host/data/files.h"
#include "host/data/scenes.h"
#include "host/data/wav.h"
#include "host/engine/labels.h"
#include "host/evaluate/report.h"
#include "host/evaluate/word_clips.h"
#include "host/evaluate/word_stream.h"
#include "host/graph/metadata.h"
#include "host/graph/pipeline.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using testing::IsSubstring;
using Samples = std::vector<int16_t>;
const std::vector<std::string> kLabels = {"silence", "unknown", "low", "high"};

Samples tone(double hz, double seconds) {
  Samples samples(static_cast<size_t>(seconds * 16000));
  for (size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<int16_t>(8000 * std::sin(6.283185307 * hz / 16000 * static_cast<double>(i)));
  return samples;
}

/// A tone in the middle of a second.
Samples clip(double hz) {
  Samples samples(16000);
  const Samples said = tone(hz, 0.5);
  std::copy(said.begin(), said.end(), samples.begin() + 4000);
  return samples;
}

// Scores by the energy of bands of channels: low (0-9), unknown (10-24), high (25-39); silence if all is
// quiet.
void write_tone_model(const std::filesystem::path& path) {
  graph::Graph model;
  graph::Subgraph& g = model.subgraphs.emplace_back();
  const auto tensor = [](const char* name, std::vector<int32_t> shape, std::vector<float> values = {}) {
    graph::Tensor result;
    result.name = name;
    result.shape = std::move(shape);
    result.data.resize(values.size() * sizeof(float));
    if (!values.empty()) std::memcpy(result.data.data(), values.data(), result.data.size());
    return result;
  };
  std::vector<float> weights(4 * kWindowFeatures);
  for (int32_t i = 0; i < kWindowFeatures; ++i) {
    const int32_t channel = i % kRowFeatures;
    const int32_t band = channel < 10 ? 2 : channel < 25 ? 1 : 3;
    for (int32_t label = 1; label < 4; ++label)
      weights[static_cast<size_t>(label * kWindowFeatures + i)] = label == band ? 0.02f : -0.01f;
  }
  const int32_t in = g.add_input(tensor("features", {1, kWindowFeatures}));
  const int32_t w = g.add(tensor("w", {4, kWindowFeatures}, weights));
  const int32_t b = g.add(tensor("b", {4}, {8, 0, 0, 0}));
  const int32_t sums = g.add(tensor("sums", {1, 4}));
  const int32_t scores = g.add_output(tensor("scores", {1, 4}));
  using Tensors = std::vector<int32_t>;
  g.operators.emplace_back("FULLY_CONNECTED", Tensors{in, w, b}, Tensors{sums},
                           graph::Options("FullyConnectedOptions"));
  g.operators.emplace_back("SOFTMAX", Tensors{sums}, Tensors{scores},
                           graph::Options("SoftmaxOptions").set("beta", 1));
  write_atomically(path, graph::write_with_labels(model, kLabels));
}

class Evaluate : public testing::Test {
 protected:
  Evaluate() { write_tone_model(folder_ / "tones.tflite"); }
  WordModel model() const {
    const std::filesystem::path path = folder_ / "tones.tflite";
    return {path, read_labels(path)};
  }
  std::filesystem::path dataset() {
    for (const auto& [name, hz] : std::map<std::string, double>{{"low", 300},
                                                                {"_high_", 5000},
                                                                {"other", 1200},
                                                                {"_unknown_", 1100},
                                                                {"_background_noise_", 300}}) {
      std::filesystem::create_directories(folder_ / "data" / name);
      for (int i = 0; i < 4; ++i)
        write_wav(folder_ / "data" / name / ("v" + std::to_string(i) + "_nohash_0.wav"), clip(hz + 10 * i));
    }
    // One that sounds high but lies among the low ones.
    write_wav(folder_ / "data" / "low" / "z_nohash_0.wav", clip(5000));
    return folder_ / "data";
  }
  TemporaryFolder folder_;
};

TEST_F(Evaluate, CountsClipsByLabelAndGuess) {
  WordModel tones = model();
  const JudgedClips judged = judge_clips(tones, dataset(), {}, [](int64_t, int64_t) {});
  const Confusion confusion = judged.confusion();
  EXPECT_EQ(confusion.counts,
            (std::vector<std::vector<int64_t>>{{0, 0, 0, 0}, {0, 8, 0, 0}, {0, 0, 4, 1}, {0, 0, 0, 4}}));
  EXPECT_DOUBLE_EQ(confusion.accuracy(), 16.0 / 17);
  EXPECT_DOUBLE_EQ(confusion.recall(2), 0.8);
  EXPECT_DOUBLE_EQ(confusion.precision(3), 0.8);
  EXPECT_EQ(confusion.count(2), 5);
}

TEST_F(Evaluate, SkipsWhatIsNoSound) {
  const std::filesystem::path data = dataset();
  write_atomically(data / "low" / "broken.wav", std::string_view("no sound"));
  WordModel tones = model();
  const JudgedClips judged = judge_clips(tones, data, {}, [](int64_t, int64_t) {});
  ASSERT_EQ(judged.skipped.size(), 1u);
  EXPECT_PRED_FORMAT2(IsSubstring, "broken.wav", judged.skipped[0]);
  for (const char* name : {"a.wav", "b.wav", "c.wav"})
    write_atomically(data / "low" / name, std::string_view("no sound"));
  EXPECT_PRED_FORMAT2(IsSubstring, "too many files are no sounds",
                      message_of([&] { judge_clips(tones, data, {}, [](int64_t, int64_t) {}); }));
}

TEST_F(Evaluate, RefusesWhatDoesNotFit) {
  EXPECT_PRED_FORMAT2(IsSubstring, "4 outputs but 2 labels", message_of([&] {
                        WordModel(folder_ / "tones.tflite", {"a", "b"});
                      }));
  WordModel tones = model();
  std::filesystem::create_directories(folder_ / "empty");
  EXPECT_PRED_FORMAT2(IsSubstring, "no clips", message_of([&] {
                        judge_clips(tones, folder_ / "empty", {}, [](int64_t, int64_t) {});
                      }));
}

TEST_F(Evaluate, HearsEachWordOfAStreamOnce) {
  Samples sound(3 * 16000);
  for (const double hz : {300.0, 5000.0, 1200.0, 300.0}) {
    const Samples said = tone(hz, 0.7);
    sound.insert(sound.end(), said.begin(), said.end());
    sound.resize(sound.size() + 2 * 16000);
  }
  WordModel tones = model();
  std::vector<HeardLabel> heard = heard_in(tones, sound, {});
  ASSERT_FALSE(heard.empty());
  // The first noise after switching on is broad, which is "high" to so simple a model.
  heard.erase(heard.begin());
  std::string words;
  for (const HeardLabel& word : heard) words += fmt::format("{} at {:.1f}\n", word.label, word.time_s);
  ASSERT_EQ(heard.size(), 3u) << words;
  EXPECT_EQ(heard[0].label + heard[1].label + heard[2].label, "lowhighlow");
  EXPECT_NEAR(heard[0].time_s, 3.7, 0.7);
  EXPECT_GE(heard[0].score, 200 / 255.0);
}

TEST_F(Evaluate, ChoosesAThresholdForFalseAcceptsAndWritesIt) {
  // Scores that a model might give: "low" is sure of itself once a minute, half sure in between.
  WordModel tones = model();
  Stream stream{{}, {}, 600};
  for (int32_t row = 0; row < 30000; row += 4) {
    const float score = row % 3000 < 60 ? 0.95f : row % 3000 > 1500 && row % 3000 < 1560 ? 0.7f : 0;
    stream.moments.push_back({row, {1 - score, 0, score, 0}});
  }
  for (int i = 0; i < 10; ++i) stream.said.push_back({60.0 * i, 60.0 * i + 3, "low"});
  const std::vector<Stream> streams = {stream};
  EXPECT_EQ(score_streams(tones, streams, {}).n_detected, 10);
  EXPECT_EQ(score_streams(tones, streams, {150, 600}).n_false, 10);
  WordDecision decision;
  decision.threshold = threshold_for(tones, streams, decision, 0);
  EXPECT_EQ(decision.threshold, 180);
  EXPECT_EQ(threshold_for(tones, streams, decision, 60), 128);
  stream.said.clear();
  decision.smoothing_ms = 300;
  EXPECT_EQ(threshold_for(tones, {stream}, decision, 0), 244);

  const std::filesystem::path path = folder_ / "tones.tflite";
  EXPECT_EQ(read_decision(path).threshold, kWordThreshold);
  write_decision(path, decision, tones.labels());
  EXPECT_EQ(read_decision(path).threshold, 180);
  EXPECT_EQ(read_decision(path).smoothing_ms, 300u);
  EXPECT_EQ(read_labels(path), kLabels);
  write_decision(path, {77, 600}, tones.labels());
  EXPECT_EQ(read_decision(path).threshold, 77);
}

TEST_F(Evaluate, RefusesThresholdsThatDoNotExist) {
  WordModel tones = model();
  Stream stream{{}, {}, 3600};
  for (int32_t row = 0; row < 200; row += 4) stream.moments.push_back({row, {0, 0, 1, 0}});
  EXPECT_PRED_FORMAT2(IsSubstring, "more than 0.5 false accepts per hour (got 1.00 at 255)",
                      message_of([&] { threshold_for(tones, {stream}, {}, 0.5); }));
  const std::filesystem::path path = folder_ / "tones.tflite";
  graph::Graph damaged = graph::read(ModelFile(path).bytes());
  graph::set_pipeline(damaged, {{"threshold", 300}});
  write_atomically(path, graph::write(damaged));
  EXPECT_PRED_FORMAT2(IsSubstring, "threshold is 300, want 1 to 255",
                      message_of([&] { read_decision(path); }));
  damaged.metadata = {{"inkling.pipeline", {'{'}}};
  write_atomically(path, graph::write(damaged));
  EXPECT_PRED_FORMAT2(IsSubstring, "want a JSON object", message_of([&] { read_decision(path); }));
}

TEST(Match, CountsEachUtteranceOnceAndAllElseAsFalse) {
  const std::vector<Utterance> said = {{1, 1.5, "low"}, {5, 5.5, "high"}, {9, 9.5, "cat"}, {20, 20.5, "low"}};
  const std::vector<HeardLabel> heard = {
      {1.6, "low", 1}, {2.4, "low", 1}, {5.6, "low", 1}, {9.7, "high", 1}, {22.1, "low", 1}};
  const StreamScore score = match(heard, said, {"silence", "unknown", "low", "high"}, 1800);
  EXPECT_EQ(score.n_said, 3);
  EXPECT_EQ(score.n_detected, 1);
  EXPECT_EQ(score.n_false, 4);
  EXPECT_DOUBLE_EQ(score.detection_rate(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(score.false_accepts_per_hour(), 8);
}

TEST(Utterances, AreReadInBothForms) {
  const TemporaryFolder folder;
  write_atomically(folder / "said.txt",
                   std::string_view("# words\n1.5\t2.25\tview glass\r\n\n7 no\n8.5 7\n"));
  const std::vector<Utterance> said = read_utterances(folder / "said.txt");
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[0].begin_s, 1.5);
  EXPECT_EQ(said[0].end_s, 2.25);
  EXPECT_EQ(said[0].label, "view glass");
  EXPECT_EQ(said[1].begin_s, 7);
  EXPECT_EQ(said[1].label, "no");
  EXPECT_EQ(said[2].label, "7");
  write_atomically(folder / "bad.txt", std::string_view("1 2 yes\nthen no\n"));
  EXPECT_PRED_FORMAT2(IsSubstring, "line 2", message_of([&] { read_utterances(folder / "bad.txt"); }));
}

TEST_F(Evaluate, WritesAPage) {
  WordModel tones = model();
  Evaluation evaluation{
      "tones<.tflite", judge_clips(tones, dataset(), {}, [](int64_t, int64_t) {}), {}, {}, 0};
  evaluation.stream = StreamScore{4, 3, 2, 7200};
  write_report(evaluation, folder_ / "page");
  const std::vector<uint8_t> bytes = read_file(folder_ / "page" / "index.html");
  const std::string html(bytes.begin(), bytes.end());
  for (const char* part :
       {"tones&#60;.tflite", "94.12 % right", "low, taken for high", "data:image/bmp;base64,Qk",
        "data:audio/wav;base64,UklGR", "<polyline", "3 of 4 words", "1.00 per hour"})
    EXPECT_PRED_FORMAT2(IsSubstring, part, html);
  EXPECT_EQ(html.find("http"), std::string::npos);
}

}  // namespace
}  // namespace inkling::host
