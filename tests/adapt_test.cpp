// Tests of host/adapt: heads are found or refused with a reason, new classes are learned beside the old ones
// from few takes, what comes before the head stays bit for bit. Leaves out adapting the whole network.
#include "host/adapt/adapt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "host/adapt/regression.h"
#include "host/data/files.h"
#include "host/data/npy.h"
#include "host/data/wav.h"
#include "host/engine/labels.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "host/evaluate/score.h"
#include "host/graph/metadata.h"
#include "host/graph/pipeline.h"
#include "host/quantize/dequantize.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;
using testing::IsSubstring;
using Values = std::vector<float>;
constexpr int32_t kInputs = 6, kHidden = 24;

graph::Tensor tensor(const char* name, std::vector<int32_t> shape, const Values& values = {}) {
  graph::Tensor result;
  result.name = name;
  result.shape = std::move(shape);
  result.data.resize(values.size() * sizeof(float));
  if (!values.empty()) std::memcpy(result.data.data(), values.data(), result.data.size());
  return result;
}

Values random_values(size_t n, uint64_t seed) {
  Random random(seed);
  Values values;
  for (size_t i = 0; i < n; ++i) values.push_back(static_cast<float>(random.normal()));
  return values;
}

/// A hidden layer of random features and a head for a, b and c that knows nothing yet. With `points`, the
/// head is a convolution on a single point.
graph::Graph untrained(bool points) {
  using Tensors = std::vector<int32_t>;
  graph::Graph model;
  graph::Subgraph& g = model.subgraphs.emplace_back();
  const int32_t in = g.add_input(tensor("in", {1, kInputs}));
  const int32_t w1 = g.add(tensor("w1", {kHidden, kInputs}, random_values(kHidden * kInputs, 1)));
  const int32_t b1 = g.add(tensor("b1", {kHidden}, random_values(kHidden, 2)));
  const int32_t hidden = g.add(tensor("hidden", {1, kHidden}));
  g.operators.emplace_back("FULLY_CONNECTED", Tensors{in, w1, b1}, Tensors{hidden},
                           graph::Options("FullyConnectedOptions").set("fused_activation_function", 1));
  int32_t from = hidden;
  const auto shape_of = [&](std::vector<int32_t> sizes) {
    graph::Tensor shape = tensor("shape", {static_cast<int32_t>(sizes.size())});
    shape.type = Type::int32;
    shape.data.resize(sizes.size() * sizeof(int32_t));
    std::memcpy(shape.data.data(), sizes.data(), shape.data.size());
    return shape;
  };
  if (points) {
    from = g.add(tensor("point", {1, 1, 1, kHidden}));
    g.operators.emplace_back("RESHAPE", Tensors{hidden, g.add(shape_of({1, 1, 1, kHidden}))}, Tensors{from},
                             graph::Options("ReshapeOptions"));
  }
  const Values weights(3 * kHidden, 0.01f);
  const int32_t w2 =
      g.add(points ? tensor("w2", {3, 1, 1, kHidden}, weights) : tensor("w2", {3, kHidden}, weights));
  const int32_t b2 = g.add(tensor("b2", {3}, {0, 0, 0}));
  int32_t logits =
      g.add(tensor("logits", points ? std::vector<int32_t>{1, 1, 1, 3} : std::vector<int32_t>{1, 3}));
  g.operators.emplace_back(points ? "CONV_2D" : "FULLY_CONNECTED", Tensors{from, w2, b2}, Tensors{logits},
                           points ? graph::Options("Conv2DOptions").set("stride_w", 1).set("stride_h", 1)
                                  : graph::Options("FullyConnectedOptions"));
  if (points) {
    const int32_t row = g.add(tensor("row", {1, 3}));
    g.operators.emplace_back("RESHAPE", Tensors{logits, g.add(shape_of({1, 3}))}, Tensors{row},
                             graph::Options("ReshapeOptions"));
    logits = row;
  }
  const int32_t scores = g.add_output(tensor("scores", {1, 3}));
  g.operators.emplace_back("SOFTMAX", Tensors{logits}, Tensors{scores},
                           graph::Options("SoftmaxOptions").set("beta", 1));
  return model;
}

/// Points about the class's corner.
Values points_of(const std::string& name, int n, uint64_t seed) {
  const Values middle = random_values(kInputs, 100 + static_cast<uint64_t>(name[0]));
  Random random(seed);
  Values values;
  for (int i = 0; i < n; ++i)
    for (const float value : middle) values.push_back(2 * value + 0.3f * static_cast<float>(random.normal()));
  return values;
}

class Adapt : public testing::Test {
 protected:
  fs::path dataset(const char* folder, const std::vector<std::string>& names, int n, uint64_t seed) {
    for (const std::string& name : names) {
      const Values values = points_of(name, n, seed);
      Array array{"<f4", {n, kInputs}, std::vector<uint8_t>(values.size() * sizeof(float))};
      std::memcpy(array.bytes.data(), values.data(), array.bytes.size());
      fs::create_directories(folder_ / folder / name);
      write_atomically(folder_ / folder / name / "takes.npy", format_npy(array));
    }
    return folder_ / folder;
  }

  AdaptSettings settings(const graph::Graph& model, const std::vector<std::string>& labels) {
    AdaptSettings result;
    result.model = folder_ / "model.tflite";
    result.out = folder_ / "new.tflite";
    result.json = true;
    write_atomically(result.model, graph::write_with_labels(model, labels));
    return result;
  }

  static void adapt(const AdaptSettings& settings) {
    const AdaptTask task = read_adapt_task(settings);
    testing::internal::CaptureStdout();
    finish_adapting(task, int8_with_head(task, learn_head(task)));
    testing::internal::GetCapturedStdout();
  }

  /// How many of 20 new points of the class the model knows.
  static int n_known(const fs::path& path, const std::string& name) {
    const ModelFile file(path);
    Program program(file);
    const std::vector<std::string> labels = read_labels(path);
    const Tensor input = program.net().input(0);
    const Quantization quantization{input.scale(), input.zero_point()};
    const Values values = points_of(name, 20, 999);
    int n = 0;
    for (int i = 0; i < 20; ++i) {
      int8_t features[kInputs];
      for (int j = 0; j < kInputs; ++j)
        features[j] = quantization(values[static_cast<size_t>(i * kInputs + j)]);
      const Values scores = scores_of(program, features, quantization);
      const auto guess = std::max_element(scores.begin(), scores.end()) - scores.begin();
      n += labels.at(static_cast<size_t>(guess)) == name;
    }
    return n;
  }

  TemporaryFolder folder_;
};

TEST_F(Adapt, LearnsNewClassesBesideTheOldOnes) {
  for (const bool points : {false, true}) {
    AdaptSettings first = settings(untrained(points), {"a", "b", "c"});
    first.dataset = dataset("abc", {"a", "b", "c"}, 20, 1);
    adapt(first);
    for (const char* name : {"a", "b", "c"}) EXPECT_GE(n_known(first.out, name), 19) << name;

    AdaptSettings second = first;
    second.model = first.out;
    second.out = folder_ / "newer.tflite";
    second.dataset = dataset("de", {"d", "e"}, 3, 2);
    second.keep = first.dataset;
    adapt(second);
    EXPECT_EQ(read_labels(second.out), (std::vector<std::string>{"a", "b", "c", "d", "e"}));
    for (const char* name : {"a", "b", "c", "d", "e"}) EXPECT_GE(n_known(second.out, name), 19) << name;
    const nlohmann::json adapted = graph::read_pipeline(second.out).at("adapted");
    EXPECT_EQ(adapted.at("takes"), 6);
    EXPECT_EQ(adapted.at("from"), "new.tflite");

    // The same again, byte for byte; and all before the head is what it was.
    const std::vector<uint8_t> bytes = read_file(second.out);
    adapt(second);
    EXPECT_EQ(read_file(second.out), bytes);
    const auto before = graph::read(ModelFile(second.model).bytes()).subgraphs[0];
    const auto after = graph::read(ModelFile(second.out).bytes()).subgraphs[0];
    for (const int32_t i : before.operators[0].inputs) {
      EXPECT_EQ(after.tensors[static_cast<size_t>(i)].data, before.tensors[static_cast<size_t>(i)].data);
      EXPECT_EQ(after.tensors[static_cast<size_t>(i)].scales, before.tensors[static_cast<size_t>(i)].scales);
    }
  }
}

TEST_F(Adapt, RefusesWhatIsNoClassifier) {
  const std::vector<std::string> labels = {"a", "b", "c"};
  graph::Graph model = untrained(false);
  model.subgraphs[0].operators[1].options.set("fused_activation_function", 1);
  EXPECT_PRED_FORMAT2(IsSubstring, "ends with an activation", message_of([&] { find_head(model, "m"); }));
  model = untrained(false);
  model.subgraphs[0].operators.erase(model.subgraphs[0].operators.begin() + 1);
  model.subgraphs[0].operators[1].inputs[0] = model.subgraphs[0].inputs[0];
  EXPECT_PRED_FORMAT2(IsSubstring, "m: has no last layer", message_of([&] { find_head(model, "m"); }));

  AdaptSettings odd = settings(untrained(false), {"a", "b"});
  odd.dataset = dataset("a", {"a"}, 3, 1);
  EXPECT_PRED_FORMAT2(IsSubstring, "3 outputs but 2 labels; name them with --classes",
                      message_of([&] { read_adapt_task(odd); }));
  odd.classes = labels;
  EXPECT_EQ(read_adapt_task(odd).labels, labels);
  odd.dataset = folder_ / "nowhere";
  EXPECT_PRED_FORMAT2(IsSubstring, "nowhere", message_of([&] { read_adapt_task(odd); }));
  fs::create_directories(folder_ / "empty" / "d");
  odd.dataset = folder_ / "empty";
  EXPECT_PRED_FORMAT2(IsSubstring, "no takes", message_of([&] { read_adapt_task(odd); }));
  odd.dataset = folder_ / "a";
  odd.keep = dataset("strange", {"z"}, 3, 1);
  EXPECT_PRED_FORMAT2(IsSubstring, "holds 'z', which the model does not know",
                      message_of([&] { read_adapt_task(odd); }));
  EXPECT_FALSE(fs::exists(odd.out));
}

TEST_F(Adapt, LearnsAWordFromThreeTakes) {
  // A model that hears nothing yet: the highest feature of each band of channels.
  using Tensors = std::vector<int32_t>;
  graph::Graph model;
  graph::Subgraph& g = model.subgraphs.emplace_back();
  const int32_t in = g.add_input(tensor("rows", {1, kWindowRows, kRowFeatures, 1}));
  const int32_t bands = g.add(tensor("bands", {1, 1, 8, 1}));
  g.operators.emplace_back("MAX_POOL_2D", Tensors{in}, Tensors{bands},
                           graph::Options("Pool2DOptions")
                               .set("padding", 1)
                               .set("stride_w", 5)
                               .set("stride_h", 1)
                               .set("filter_width", 5)
                               .set("filter_height", kWindowRows));
  const int32_t w = g.add(tensor("w", {3, 8}, Values(24, 0.0f))), b = g.add(tensor("b", {3}, {0, 0, 0}));
  const int32_t logits = g.add(tensor("logits", {1, 3})), scores = g.add_output(tensor("scores", {1, 3}));
  g.operators.emplace_back("FULLY_CONNECTED", Tensors{bands, w, b}, Tensors{logits},
                           graph::Options("FullyConnectedOptions"));
  g.operators.emplace_back("SOFTMAX", Tensors{logits}, Tensors{scores},
                           graph::Options("SoftmaxOptions").set("beta", 1));
  AdaptSettings words = settings(model, {"unknown", "_silence_", "low"});
  words.rehearse = false;
  words.dataset = folder_ / "words";
  for (const auto& [name, hz] :
       std::map<std::string, double>{{"low", 300}, {"high", 4000}, {"_unknown_", 1200}})
    for (int take = 0; take < 3; ++take) {
      std::vector<int16_t> samples(16000);
      for (size_t i = 4000; i < 12000; ++i)
        samples[i] = static_cast<int16_t>(
            8000 * std::sin(6.283185307 * (hz + 20 * take) / 16000 * static_cast<double>(i)));
      fs::create_directories(words.dataset / name);
      write_wav(words.dataset / name / (std::to_string(take) + ".wav"), samples);
    }
  adapt(words);
  EXPECT_EQ(read_labels(words.out), (std::vector<std::string>{"unknown", "_silence_", "low", "high"}));
  AdaptTask task = read_adapt_task(words);
  const ModelFile file(words.out);
  Program program(file);
  EXPECT_GE(score(program, task.takes, task.input).accuracy(), 0.8);  // of four labels
  words.words = {"missing"};
  EXPECT_PRED_FORMAT2(IsSubstring, "no takes of words", message_of([&] { read_adapt_task(words); }));
}

TEST(Regression, TellsWhatTheFeaturesTell) {
  Head head;
  head.n_features = 2;
  head.weights.assign(4, 0);
  head.bias.assign(2, 0);
  WeightedRows rows;
  Random random(1);
  for (int i = 0; i < 200; ++i) {
    const int32_t label = i % 2;
    // The second feature says nothing: it is constant.
    rows.features.push_back({static_cast<float>(label * 1000 + random.normal()), 5});
    rows.labels.push_back(label);
    rows.weights.push_back(1);
  }
  fit(head, rows, 1);
  for (int32_t label = 0; label < 2; ++label) {
    const auto x = static_cast<float>(label * 1000);
    const float margin = (head.weights[2] - head.weights[0]) * x + head.bias[1] - head.bias[0];
    EXPECT_GT(label == 1 ? margin : -margin, 2);
  }
  EXPECT_EQ(head.weights[1], 0);
}

TEST(Dequantize, GivesTheRealValuesBack) {
  graph::Graph model = untrained(false);
  std::vector<Values> samples;
  for (uint64_t i = 0; i < 10; ++i) samples.push_back(random_values(kInputs, i));
  const graph::Graph back = dequantize(quantize(model, samples, {}));
  const Values before = real_constant(model.subgraphs[0].tensors[1]);
  const Values after = real_constant(back.subgraphs[0].tensors[1]);
  ASSERT_EQ(after.size(), before.size());
  for (size_t i = 0; i < before.size(); ++i) EXPECT_NEAR(after[i], before[i], 0.02);
  for (const graph::Tensor& each : back.subgraphs[0].tensors) EXPECT_TRUE(each.scales.empty());
  graph::Tensor strange = tensor("strange", {1});
  strange.type = Type::int16;
  EXPECT_PRED_FORMAT2(IsSubstring, "'strange'", message_of([&] { real_constant(strange); }));
}

}  // namespace
}  // namespace inkling::host
