// Layers whose output may take the place of their input, against the same layers with the input kept, bit for
// bit; and that outputs do take it. Larger than the operators' random cases, of all kinds of geometry.
#include <set>

#include "host/engine/rehearsal.h"
#include "host/graph/graph.h"
#include "tests/engine_test.h"

namespace inkling {
namespace {

using host::Net;
using host::Random;
using host::graph::Options;

struct Layer {
  std::string name;
  std::vector<int32_t> input, output, filter;  // shapes; no filter: none
  Options options;
};

int32_t size_of(const std::vector<int32_t>& shape) {
  int32_t n = 1;
  for (const int32_t dim : shape) n *= dim;
  return n;
}

// SAME padding or VALID, strides 1 or 2.
Layer draw_layer(Random& random) {
  const std::string name = random.one_of({"CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D"});
  const int32_t k = random.one_of({1, 3, 3, 5}), stride = random.one_of({1, 1, 2});
  const bool same = !random.one_in(4), thin = random.one_in(5);
  const int32_t height = random.integer(k, 30), width = thin ? 1 : random.integer(k, 20);
  const int32_t filter_width = thin ? 1 : k, in = random.one_of({1, 3, 4, 8, 12, 16, 20, 64});
  const auto out_size = [&](int32_t n, int32_t taps) {
    return same ? (n + stride - 1) / stride : (n - taps) / stride + 1;
  };
  const int32_t out = name == "CONV_2D"             ? random.one_of({1, 3, 8, 16, 24})
                      : name == "DEPTHWISE_CONV_2D" ? in * random.one_of({1, 1, 1, 2})
                                                    : in;
  Layer layer = {name,
                 {1, height, width, in},
                 {1, out_size(height, k), out_size(width, filter_width), out},
                 {},
                 Options(name == "CONV_2D"             ? "Conv2DOptions"
                         : name == "DEPTHWISE_CONV_2D" ? "DepthwiseConv2DOptions"
                                                       : "Pool2DOptions")};
  layer.options.set("padding", same ? 0 : 1).set("stride_w", stride).set("stride_h", stride);
  if (name == "CONV_2D")
    layer.filter = {out, k, filter_width, in};
  else if (name == "DEPTHWISE_CONV_2D")
    layer.filter = {1, k, filter_width, out};
  else
    layer.options.set("filter_width", filter_width).set("filter_height", k);
  return layer;
}

host::graph::Tensor feature_map(const std::vector<int32_t>& shape) {
  host::graph::Tensor tensor;
  tensor.type = Type::int8;
  tensor.shape = shape;
  tensor.scales = {0.05f};
  tensor.zero_points = {-3};
  return tensor;
}

std::vector<uint8_t> draw_bytes(Random& random, int32_t n) {
  std::vector<uint8_t> bytes(static_cast<size_t>(n));
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random.bits());
  return bytes;
}

// A model of one layer. One that keeps its input has it as an output, too.
std::vector<uint8_t> model_of(const Layer& layer, const std::vector<uint8_t>& weights, bool keeps_input) {
  host::graph::Graph model;
  host::graph::Subgraph& main = model.subgraphs.emplace_back();
  std::vector<int32_t> inputs = {main.add_input(feature_map(layer.input))};
  if (!layer.filter.empty()) {
    host::graph::Tensor filter = feature_map(layer.filter);
    filter.zero_points = {0};
    filter.scales = {0.01f};
    filter.data = weights;
    inputs.push_back(main.add(filter));
    inputs.push_back(-1);
  }
  const int32_t output = main.add_output(feature_map(layer.output));
  if (keeps_input) main.outputs.push_back(inputs[0]);
  main.operators.push_back({layer.name, inputs, {output}, layer.options});
  return host::graph::write(model);
}

std::vector<uint8_t> run(Net& net, const std::vector<uint8_t>& input) {
  net.feed(0, input);
  EXPECT_EQ(net->invoke(), Status::ok);
  return net.output(0);
}

// Whether the first output lies where the input lies, in part.
bool overlaps(Net& net) {
  const Tensor input = net->input(0), output = net->output(0);
  return input.as<uint8_t>() < output.as<uint8_t>() + output.n_bytes &&
         output.as<uint8_t>() < input.as<uint8_t>() + input.n_bytes;
}

TEST(InPlace, GivesTheSameOutputsAsApart) {
  Random random(1);
  std::map<std::string, int32_t> n_overlaps;
  for (int32_t round = 0; round < 600; ++round) {
    SCOPED_TRACE(round);
    const Layer layer = draw_layer(random);
    const std::vector<uint8_t> weights = draw_bytes(random, size_of(layer.filter));
    const std::vector<uint8_t> input = draw_bytes(random, size_of(layer.input));
    Net apart(model_of(layer, weights, true)), together(model_of(layer, weights, false));
    ASSERT_EQ(apart->status(), Status::ok) << host::text(apart->failure(), {});
    ASSERT_EQ(together->status(), Status::ok);
    ASSERT_FALSE(overlaps(apart));
    ASSERT_EQ(run(together, input), run(apart, input)) << layer.name;
    n_overlaps[layer.name] += overlaps(together);
    const bool in_place = together->input(0).data == together->output(0).data;
    n_overlaps["in place"] += layer.name == "DEPTHWISE_CONV_2D" && in_place;
  }
  for (const char* name : {"CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "AVERAGE_POOL_2D", "in place"})
    EXPECT_GT(n_overlaps[name], 8) << name;
}

// A chain as of networks for words: the same feature map over and over, a depthwise and a pointwise layer in
// turn, needs its room once.
TEST(InPlace, ChainsNeedOneFeatureMap) {
  Random random(2);
  host::graph::Graph model;
  host::graph::Subgraph& main = model.subgraphs.emplace_back();
  const std::vector<int32_t> shape = {1, 25, 5, 64};
  int32_t at = main.add_input(feature_map(shape));
  for (int32_t i = 0; i < 8; ++i) {
    const bool depthwise = i % 2 == 0;
    host::graph::Tensor filter =
        feature_map(depthwise ? std::vector<int32_t>{1, 3, 3, 64} : std::vector<int32_t>{64, 1, 1, 64});
    filter.zero_points = {0};
    filter.data = draw_bytes(random, size_of(filter.shape));
    Options options(depthwise ? "DepthwiseConv2DOptions" : "Conv2DOptions");
    options.set("stride_w", 1).set("stride_h", 1);
    const int32_t weights = main.add(filter), next = main.add(feature_map(shape));
    main.operators.push_back(
        {depthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D", {at, weights, -1}, {next}, options});
    at = next;
  }
  main.outputs.push_back(at);
  const auto rehearsal = host::rehearse_load(host::ModelFile("chain.tflite", host::graph::write(model)));
  int32_t scratch = 0;
  for (const host::PreparedOperator& op : rehearsal.operators) scratch = std::max(scratch, op.scratch_bytes);
  EXPECT_LE(rehearsal.plan.activation_bytes, size_of(shape) + scratch + 4 * 64);
}

}  // namespace
}  // namespace inkling
