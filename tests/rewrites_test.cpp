// The rewrites of models change no output, do what they can and leave what they must: random chains with
// paddings, activations and conversions that fit, or nearly fit.
#include "host/data/zip.h"
#include "host/graph/metadata.h"
#include "host/graph/rewrite.h"
#include "tests/engine_test.h"

namespace inkling::host {
namespace {

using graph::Graph;
using graph::Options;
using graph::Subgraph;

constexpr int32_t kSame = 0, kValid = 1;

// A chain in the making: each operator reads the last one's output.
class Chain {
 public:
  explicit Chain(Random& random) : random_(random) {
    main().name = "main";
    last_ = main().add_input(features({1, random.integer(6, 12), random.integer(6, 12), 3}));
  }

  Subgraph& main() { return model_.subgraphs[0]; }
  std::vector<int32_t> shape() { return at(last_).shape; }

  // What Keras pads before a layer of stride 2, or something else.
  void pad(bool as_keras) {
    std::vector<int32_t> paddings(8, 0), out = shape();
    for (size_t i = 1; i < 3; ++i) {
      const int32_t front = as_keras ? out[i] % 2 : 2;
      paddings[2 * i] = front;
      paddings[2 * i + 1] = 1;
      out[i] += front + 1;
    }
    graph::Tensor constant;
    constant.type = Type::int32;
    constant.shape = {4, 2};
    for (const int32_t x : paddings)
      for (int32_t k = 0; k < 4; ++k) constant.data.push_back(static_cast<uint8_t>(x >> (8 * k)));
    const int32_t index = main().add(constant);
    append("PAD", {last_, index}, like_last(out), Options("PadOptions"));
  }
  void convolve(bool depthwise, int32_t padding) {
    const int32_t stride = 2, depth = shape()[3], n = depthwise ? depth : random_.integer(2, 5);
    std::vector<int32_t> out = shape();
    for (size_t i = 1; i < 3; ++i)
      out[i] = padding == kSame ? (out[i] + stride - 1) / stride : (out[i] - 3) / stride + 1;
    out[3] = n;
    graph::Tensor filter =
        features(depthwise ? std::vector<int32_t>{1, 3, 3, n} : std::vector<int32_t>{n, 3, 3, depth});
    filter.scales = {0.01f};
    filter.zero_points = {0};
    for (int32_t k = 0; k < n * 9 * (depthwise ? 1 : depth); ++k)
      filter.data.push_back(static_cast<uint8_t>(random_.bits()));
    const int32_t weights = main().add(filter);
    const std::string options = depthwise ? "DepthwiseConv2DOptions" : "Conv2DOptions";
    append(depthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D", {last_, weights, -1}, features(out),
           Options(options).set("padding", padding).set("stride_w", stride).set("stride_h", stride));
  }
  void relu(const std::string& name, bool same_scale) {
    graph::Tensor to = like_last(shape());
    if (!same_scale) to.scales[0] *= 1.5f;
    append(name, {last_}, to, {});
  }
  void there_and_back(bool same_scale) {
    graph::Tensor real = like_last(shape()), back = real;
    real.type = Type::float32;
    real.scales.clear();
    real.zero_points.clear();
    if (!same_scale) back.scales[0] *= 2;
    append("DEQUANTIZE", {last_}, real, Options("DequantizeOptions"));
    append("QUANTIZE", {last_}, back, Options("QuantizeOptions"));
  }
  // An operator that nobody reads.
  void waste() {
    const int32_t before = last_;
    append("RELU", {last_}, like_last(shape()), {});
    last_ = before;
  }
  void read_twice() { main().outputs.push_back(last_); }
  const Graph& finish() {
    if (main().outputs.empty() || main().outputs.back() != last_) main().outputs.push_back(last_);
    return model_;
  }

 private:
  graph::Tensor& at(int32_t i) { return main().tensors[static_cast<size_t>(i)]; }
  graph::Tensor features(std::vector<int32_t> shape) {
    graph::Tensor t;
    t.type = Type::int8;
    t.shape = std::move(shape);
    t.scales = {static_cast<float>(random_.real(0.02, 0.1))};
    t.zero_points = {random_.integer(-128, 40)};
    return t;
  }
  graph::Tensor like_last(const std::vector<int32_t>& shape) {
    graph::Tensor t = at(last_);
    t.shape = shape;
    return t;
  }
  void append(const std::string& op, const std::vector<int32_t>& inputs, const graph::Tensor& output,
              const Options& options) {
    last_ = main().add(output);
    main().operators.emplace_back(op, inputs, std::vector<int32_t>{last_}, options);
  }

  Random& random_;
  Graph model_{"", {{}}, {}, {}};
  int32_t last_ = 0;
};

int32_t count_of(const graph::Rewritten& rewritten, const std::string& key) {
  for (const graph::Change& change : rewritten.changes)
    if (change.key == key) return change.n;
  ADD_FAILURE() << "no rewrite " << key;
  return 0;
}

graph::Rewritten rewrite_and_compare(const Graph& model, Random& random) {
  const std::vector<uint8_t> bytes = graph::write(model);
  const ModelFile before("before.tflite", bytes);
  graph::Rewritten rewritten = graph::rewrite(before, "after.tflite");
  Net a(bytes), b({rewritten.file.bytes().begin(), rewritten.file.bytes().end()});
  EXPECT_EQ(a->status(), Status::ok) << text(a->failure(), view(bytes));
  EXPECT_EQ(b->status(), Status::ok);
  for (int32_t k = 0; k < 3 && b->status() == Status::ok; ++k) {
    std::vector<uint8_t> input(static_cast<size_t>(a->input(0).n_bytes));
    for (uint8_t& byte : input) byte = static_cast<uint8_t>(random.bits());
    a.feed(0, input);
    b.feed(0, input);
    EXPECT_EQ(a->invoke(), Status::ok);
    EXPECT_EQ(b->invoke(), Status::ok);
    for (int32_t i = 0; i < a->n_outputs(); ++i) EXPECT_EQ(a.output(i), b.output(i)) << "output " << i;
  }
  return rewritten;
}

TEST(Rewrites, DoWhatTheyCan) {
  Random random(1);
  for (int32_t round = 0; round < 60 && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE(round);
    Chain chain(random);
    const bool depthwise = random.one_in(2);
    chain.pad(true);
    chain.convolve(depthwise, kValid);
    chain.relu(random.one_of({"RELU", "RELU6", "RELU_N1_TO_1"}), true);
    chain.there_and_back(true);
    chain.waste();
    chain.convolve(!depthwise, kSame);
    const graph::Rewritten rewritten = rewrite_and_compare(chain.finish(), random);
    EXPECT_EQ(count_of(rewritten, "folded_paddings"), 1);
    EXPECT_EQ(count_of(rewritten, "fused_activations"), 1);
    EXPECT_EQ(count_of(rewritten, "round_trips"), 1);
    EXPECT_EQ(count_of(rewritten, "dead_operators"), 4);  // PAD, DEQUANTIZE, QUANTIZE and the wasted one
  }
}

TEST(Rewrites, LeaveWhatTheyMust) {
  Random random(2);
  for (int32_t round = 0; round < 60 && !testing::Test::HasFailure(); ++round) {
    SCOPED_TRACE(round);
    Chain chain(random);
    const int32_t reason = round % 2;
    chain.pad(reason == 0);
    if (reason == 0) chain.read_twice();
    chain.convolve(random.one_in(2), kValid);
    if (reason == 1) chain.read_twice();
    chain.relu("RELU", reason == 1);
    chain.there_and_back(reason == 1);
    if (reason == 0) chain.relu("RELU", false);
    const graph::Rewritten rewritten = rewrite_and_compare(chain.finish(), random);
    for (const char* key : {"folded_paddings", "fused_activations", "round_trips", "dead_operators"})
      EXPECT_EQ(count_of(rewritten, key), 0) << key;
  }
}

TEST(Rewrites, KeepFilesBehindTheModel) {
  Random random(3);
  Chain chain(random);
  chain.relu("RELU", true);
  const std::vector<ZipEntry> files = {{"labels.txt", {'a', '\n', 'b', '\n'}},
                                       {"vocabulary.bin", {0, 1, 255}}};
  const std::vector<uint8_t> bytes = graph::write_with_files(chain.finish(), files);
  const std::vector<ZipEntry> again = read_zip(bytes, "the model");
  ASSERT_EQ(again.size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(again[i].name, files[i].name);
    EXPECT_EQ(again[i].bytes, files[i].bytes);
  }
  EXPECT_EQ(graph::read(view(bytes)).subgraphs.at(0).operators.size(), 1u);
}

}  // namespace
}  // namespace inkling::host
