// The editable graph: what is read is what is written, down to the outputs of whole models.
#include "host/graph/graph.h"

#include "host/data/files.h"
#include "inkling/format/model.h"
#include "tests/engine_test.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using graph::Graph;
using graph::Options;
using graph::Subgraph;

Graph two_adds() {
  Graph model;
  model.description = "two adds";
  Subgraph& main = model.subgraphs.emplace_back();
  main.name = "main";
  graph::Tensor floats;
  floats.shape = {2};
  graph::Tensor ones = floats;
  ones.data = {0, 0, 128, 63, 0, 0, 128, 63};
  const int32_t a = main.add_input(floats), b = main.add(ones), c = main.add(ones), d = main.add(floats);
  const int32_t e = main.add_output(floats);
  main.operators.push_back({"ADD", {a, b}, {d}, Options("AddOptions")});
  main.operators.push_back({"ADD", {d, c}, {e}, Options("AddOptions").set("fused_activation_function", 1)});
  return model;
}

TEST(Options, HoldTheSchemasDefaults) {
  const Options options("Conv2DOptions");
  EXPECT_EQ(options.table(), "Conv2DOptions");
  EXPECT_EQ(options.get("dilation_w_factor"), 1);
  EXPECT_EQ(options.get("stride_w"), 0);
  EXPECT_EQ(Options("StablehloConcatenateOptions").get("dimension"), 0);
  EXPECT_EQ(Options().table(), "");
}

TEST(Options, AreSetByName) {
  Options options("SoftmaxOptions");
  options.set("beta", 0.5);
  EXPECT_EQ(options.get("beta"), 0.5);
  Options pool("Pool2DOptions");
  pool.set("stride_w", 3).set("padding", 1).set("filter_height", 70000).set("stride_w", 0);
  EXPECT_EQ(pool.get("stride_w"), 0);
  EXPECT_EQ(pool.get("padding"), 1);
  EXPECT_EQ(pool.get("filter_height"), 70000);
  EXPECT_EQ(Options("StablehloConcatenateOptions").set("dimension", -3).get("dimension"), -3);
}

TEST(Options, RefuseUnknownNames) {
  EXPECT_EQ(message_of([] { Options("Conv7DOptions"); }), "the schema has no options table 'Conv7DOptions'");
  EXPECT_EQ(message_of([] { Options("NONE"); }), "the schema has no options table 'NONE'");
  EXPECT_EQ(message_of([] { Options("AddOptions").set("stride", 1); }), "AddOptions has no number 'stride'");
  EXPECT_EQ(message_of([] { Options("ReshapeOptions").get("new_shape"); }),
            "ReshapeOptions has no number 'new_shape'");
  EXPECT_EQ(message_of([] { Options().get("stride"); }),
            "the operator has no options, so no 'stride' among them");
}

TEST(Graph, SurvivesARoundTrip) {
  Graph model = two_adds();
  model.metadata = {{"one", {1, 2, 3}}, {"empty", {}}};
  Subgraph& main = model.subgraphs[0];
  main.operators.push_back({"my_operator", {4, -1}, {0}});
  main.operators.back().custom_options = {9, 8, 7};
  main.operators.back().version = 5;
  main.tensors[0].name = "in";
  main.tensors[0].scales = {0.5f, 0.25f};
  main.tensors[0].zero_points = {-3, 4};
  main.tensors[0].axis = 1;
  main.tensors[3].is_variable = true;
  main.tensors[3].type = Type::int16;

  const Graph again = graph::read(view(graph::write(model)));
  EXPECT_EQ(graph::write(again), graph::write(model));
  EXPECT_EQ(again.description, "two adds");
  EXPECT_EQ(again.metadata, model.metadata);
  ASSERT_EQ(again.subgraphs.size(), 1u);
  const Subgraph& got = again.subgraphs[0];
  EXPECT_EQ(got.name, "main");
  EXPECT_EQ(got.inputs, main.inputs);
  EXPECT_EQ(got.outputs, main.outputs);
  ASSERT_EQ(got.operators.size(), 3u);
  EXPECT_EQ(got.operators[0].code, 0);
  EXPECT_EQ(got.operators[1].options.table(), "AddOptions");
  EXPECT_EQ(got.operators[1].options.get("fused_activation_function"), 1);
  EXPECT_EQ(got.operators[1].options.get("pot_scale_int16"), 1);
  EXPECT_EQ(got.operators[2].code, kCustom);
  EXPECT_EQ(got.operators[2].custom_name, "my_operator");
  EXPECT_EQ(got.operators[2].version, 5);
  EXPECT_EQ(got.operators[2].custom_options, main.operators[2].custom_options);
  EXPECT_EQ(got.operators[2].inputs, (std::vector<int32_t>{4, -1}));
  EXPECT_EQ(got.tensors[0].name, "in");
  EXPECT_EQ(got.tensors[0].scales, main.tensors[0].scales);
  EXPECT_EQ(got.tensors[0].zero_points, main.tensors[0].zero_points);
  EXPECT_EQ(got.tensors[0].axis, 1);
  EXPECT_TRUE(got.tensors[3].is_variable);
  EXPECT_EQ(got.tensors[3].type, Type::int16);
  EXPECT_EQ(got.tensors[2].data, main.tensors[2].data);
}

TEST(Graph, AlignsConstantsAndStoresEqualOnesOnce) {
  const std::vector<uint8_t> bytes = graph::write(two_adds());
  Failure failure;
  const Model model(view(bytes), &failure);
  const inkling::Tensor b = model.subgraph(0).tensor(1), c = model.subgraph(0).tensor(2);
  EXPECT_EQ((b.as<uint8_t>() - bytes.data()) % 16, 0);
  EXPECT_EQ(b.data, c.data);
}

TEST(Graph, StoresEqualZeroPointsOnce) {
  Graph graph = two_adds();
  for (const size_t i : {1, 2}) {
    graph.subgraphs[0].tensors[i].scales = {1, static_cast<float>(i)};
    graph.subgraphs[0].tensors[i].zero_points = {0, 0};
  }
  const std::vector<uint8_t> bytes = graph::write(graph);
  Failure failure;
  const Model model(view(bytes), &failure);
  const inkling::Tensor b = model.subgraph(0).tensor(1), c = model.subgraph(0).tensor(2);
  ASSERT_EQ(b.n_zero_points, 2);
  EXPECT_EQ(b.zero_points, c.zero_points);
  EXPECT_NE(b.scales[1], c.scales[1]);
}

TEST(Graph, RunsAfterAnEdit) {
  Graph model = two_adds();
  model.subgraphs[0].operators[1].inputs[1] = 0;  // (x + 1) + x, clamped at 0
  Net net(graph::write(model));
  ASSERT_EQ(net->status(), Status::ok);
  net.feed<float>(0, {3.0f, -3.0f});
  ASSERT_EQ(net->invoke(), Status::ok);
  EXPECT_EQ(net->output(0).as<float>()[0], 7.0f);
  EXPECT_EQ(net->output(0).as<float>()[1], 0.0f);
}

TEST(Graph, RefusesWhatIsNoModel) {
  std::vector<uint8_t> bytes = graph::write(two_adds());
  const std::string refusal = "not a well-formed .tflite file";
  EXPECT_EQ(message_of([&] { graph::read({bytes.data(), 7}); }), refusal);
  for (const size_t n : {size_t{8}, bytes.size() / 4, bytes.size() / 2}) {
    const std::vector<uint8_t> part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_EQ(message_of([&] { graph::read(view(part)); }), refusal);
  }
  bytes[4] = 'X';
  EXPECT_EQ(message_of([&] { graph::read(view(bytes)); }), refusal);
}

// Among them the options of an operator that keeps its options' type, which no verifier minds.
TEST(Graph, MayLackAnyOfItsWords) {
  const std::vector<uint8_t> whole = graph::write(two_adds());
  int32_t n_read = 0, n_refused = 0;
  for (size_t at = 0; at + 2 <= whole.size(); at += 2) {
    std::vector<uint8_t> bytes = whole;
    bytes[at] = bytes[at + 1] = 0;
    try {
      graph::write(graph::read(view(bytes)));
      ++n_read;
    } catch (const Error&) {
      ++n_refused;
    }
  }
  EXPECT_GT(n_read, 0);
  EXPECT_GT(n_refused, 0);
}

// The outputs of three invocations with random inputs; empty when the engine does not run the model.
std::vector<std::vector<uint8_t>> outputs_of(const std::vector<uint8_t>& model) {
  Net net(model);
  std::vector<std::vector<uint8_t>> outputs;
  if (net->status() != Status::ok) return outputs;
  Random random(1);
  for (int32_t run = 0; run < 3; ++run) {
    net.feed_random(random);
    EXPECT_EQ(net->invoke(), Status::ok);
    for (int32_t i = 0; i < net->n_outputs(); ++i) outputs.push_back(net.output(i));
  }
  return outputs;
}

TEST(Graph, RewritesWholeModelsFaithfully) {
  const auto folder = shared_folder() / "conformance" / "models";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  int32_t n_models = 0, n_run = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".tflite") continue;
    SCOPED_TRACE(entry.path());
    const std::vector<uint8_t> original = read_file(entry.path());
    const std::vector<uint8_t> once = graph::write(graph::read(view(original)));
    EXPECT_EQ(graph::write(graph::read(view(once))), once);
    const auto outputs = outputs_of(original);
    EXPECT_EQ(outputs_of(once), outputs);
    ++n_models;
    n_run += !outputs.empty();
  }
  EXPECT_GT(n_run, 0);
  RecordProperty("models", n_models);
  RecordProperty("run", n_run);
}

}  // namespace
}  // namespace inkling::host
