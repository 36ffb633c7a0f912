// Streaming models as wake words are published: an inner subgraph that runs once, resource variables that
// keep the last rows of every layer, and quantized layers over them. Run row by row, they compute what the
// same layers compute on all rows at once. Leaves out the operators by themselves: control_flow_test,
// tests/naive.
#include <cstring>
#include <set>

#include "host/graph/graph.h"
#include "tests/engine_test.h"

namespace inkling::host {
namespace {

using graph::Graph;
using graph::Operator;
using graph::Options;
using graph::Subgraph;
using graph::Tensor;
using Indices = std::vector<int32_t>;

constexpr int32_t kFeatures = 6, kFilters = 8, kSteps = 20;
constexpr int32_t kFirstRows = 3, kSecondRows = 5;  // what each layer looks at

// A layer's numbers: what it makes of the last `rows` rows.
struct Layer {
  std::string op;
  int32_t rows;
  Tensor input, filter, bias, output;  ///< input and output: one row
};

Tensor quantized(Type type, Indices shape, float scale, int64_t zero_point) {
  Tensor t;
  t.type = type;
  t.shape = std::move(shape);
  t.scales = {scale};
  t.zero_points = {zero_point};
  return t;
}

template <class T>
Tensor constant(Tensor t, const std::vector<T>& values) {
  t.data.resize(values.size() * sizeof(T));
  std::memcpy(t.data.data(), values.data(), t.data.size());
  return t;
}

Tensor integers(const Indices& values) {
  Tensor t;
  t.type = Type::int32;
  t.shape = {static_cast<int32_t>(values.size())};
  return constant(t, values);
}

Tensor random_filter(Random& random, Indices shape) {
  Tensor t = quantized(Type::int8, shape, 0.01f, 0);
  std::vector<int8_t> values;
  int32_t n = 1;
  for (const int32_t dim : shape) n *= dim;
  for (int32_t i = 0; i < n; ++i) values.push_back(static_cast<int8_t>(random.integer(-127, 127)));
  return constant(t, values);
}

Tensor random_bias(Random& random, int32_t n) {
  Tensor t = quantized(Type::int32, {n}, 0.0005f, 0);
  Indices values;
  for (int32_t i = 0; i < n; ++i) values.push_back(random.integer(-2000, 2000));
  return constant(t, values);
}

// Two layers over time: a convolution and a depthwise one.
std::vector<Layer> layers(Random& random) {
  const Tensor features = quantized(Type::int8, {1, 1, 1, kFeatures}, 0.05f, -7);
  const Tensor middle = quantized(Type::int8, {1, 1, 1, kFilters}, 0.02f, -128);
  const Tensor last = quantized(Type::int8, {1, 1, 1, kFilters}, 0.03f, -90);
  return {{"CONV_2D", kFirstRows, features, random_filter(random, {kFilters, kFirstRows, 1, kFeatures}),
           random_bias(random, kFilters), middle},
          {"DEPTHWISE_CONV_2D", kSecondRows, middle, random_filter(random, {1, kSecondRows, 1, kFilters}),
           random_bias(random, kFilters), last}};
}

Tensor rows_of(Tensor t, int32_t rows) {
  t.shape[1] = rows;
  return t;
}

Tensor filled_with_zero_point(Tensor t) {
  const auto zero = static_cast<int8_t>(t.zero_points[0]);
  return constant(t, std::vector<int8_t>(static_cast<size_t>(t.shape[1] * t.shape[3]), zero));
}

// Appends the layer itself, on `rows` rows of input.
int32_t add_layer(Subgraph& g, const Layer& layer, int32_t input, int32_t rows) {
  const bool is_depthwise = layer.op == "DEPTHWISE_CONV_2D";
  const int32_t filter = g.add(layer.filter), bias = g.add(layer.bias);
  const int32_t output = g.add(rows_of(layer.output, rows - layer.rows + 1));
  Options options(is_depthwise ? "DepthwiseConv2DOptions" : "Conv2DOptions");
  options.set("padding", 1).set("stride_w", 1).set("stride_h", 1).set("fused_activation_function", 1);
  if (is_depthwise) options.set("depth_multiplier", 1);
  g.operators.emplace_back(layer.op, Indices{input, filter, bias}, Indices{output}, options);
  return output;
}

// Appends what follows the layers: a probability for each row, as uint8.
void add_head(Subgraph& g, const Tensor& filter, int32_t input, int32_t rows) {
  const int32_t flat = g.add(quantized(Type::int8, {rows, kFilters}, 0.03f, -90));
  g.operators.emplace_back("RESHAPE", Indices{input, g.add(integers({rows, kFilters}))}, Indices{flat},
                           Options("ReshapeOptions"));
  const int32_t logit = g.add(quantized(Type::int8, {rows, 1}, 0.1f, 11));
  g.operators.emplace_back("FULLY_CONNECTED", Indices{flat, g.add(filter), -1}, Indices{logit},
                           Options("FullyConnectedOptions"));
  const int32_t probability = g.add(quantized(Type::int8, {rows, 1}, 1.0f / 256, -128));
  g.operators.emplace_back("LOGISTIC", Indices{logit}, Indices{probability});
  const int32_t output = g.add_output(quantized(Type::uint8, {rows, 1}, 1.0f / 256, 0));
  g.operators.emplace_back("QUANTIZE", Indices{probability}, Indices{output}, Options("QuantizeOptions"));
}

int32_t add_handle(Subgraph& g, size_t layer) {
  Tensor t;
  t.type = Type::resource;
  t.shape = {1};
  const int32_t handle = g.add(t);
  g.operators.emplace_back(
      "VAR_HANDLE", Indices{}, Indices{handle},
      Options("VarHandleOptions").set_text("shared_name", "rows" + std::to_string(layer)));
  return handle;
}

// One row in, one out: each layer's rows are its variable's and the new one; all but the oldest are kept.
Graph streaming_model(const std::vector<Layer>& all, const Tensor& head) {
  Graph model;
  Subgraph main, init;
  main.operators.emplace_back("CALL_ONCE", Indices{}, Indices{},
                              Options("CallOnceOptions").set("init_subgraph_index", 1));
  int32_t row = main.add_input(all[0].input);
  for (size_t i = 0; i < all.size(); ++i) {
    const int32_t n = all[i].rows, n_kept = n - 1, channels = all[i].input.shape[3];
    const Tensor kept = rows_of(all[i].input, n_kept);
    const int32_t handle = add_handle(main, i), old = main.add(kept), window = main.add(rows_of(kept, n));
    main.operators.emplace_back("READ_VARIABLE", Indices{handle}, Indices{old});
    main.operators.emplace_back("CONCATENATION", Indices{old, row}, Indices{window},
                                Options("ConcatenationOptions").set("axis", 1));
    const int32_t newest = main.add(kept);
    main.operators.emplace_back(
        "STRIDED_SLICE",
        Indices{window, main.add(integers({0, 1, 0, 0})), main.add(integers({1, n, 1, channels})),
                main.add(integers({1, 1, 1, 1}))},
        Indices{newest}, Options("StridedSliceOptions"));
    main.operators.emplace_back("ASSIGN_VARIABLE", Indices{handle, newest}, Indices{});
    row = add_layer(main, all[i], window, n);

    const int32_t inner = add_handle(init, i);
    init.operators.emplace_back("ASSIGN_VARIABLE", Indices{inner, init.add(filled_with_zero_point(kept))},
                                Indices{});
  }
  add_head(main, head, row, 1);
  model.subgraphs = {main, init};
  return model;
}

// All rows in, all out: each layer's rows are preceded by rows of zero points.
Graph unrolled_model(const std::vector<Layer>& all, const Tensor& head) {
  Graph model;
  Subgraph& main = model.subgraphs.emplace_back();
  int32_t rows = main.add_input(rows_of(all[0].input, kSteps));
  for (const Layer& layer : all) {
    const int32_t n = kSteps + layer.rows - 1;
    const int32_t padded = main.add(rows_of(layer.input, n));
    Tensor padding = integers({0, 0, layer.rows - 1, 0, 0, 0, 0, 0});
    padding.shape = {4, 2};
    main.operators.emplace_back("PAD", Indices{rows, main.add(padding)}, Indices{padded},
                                Options("PadOptions"));
    rows = add_layer(main, layer, padded, n);
  }
  add_head(main, head, rows, kSteps);
  return model;
}

TEST(Streaming, StepByStepGivesWhatAllStepsAtOnceGive) {
  Random random(7);
  const std::vector<Layer> all = layers(random);
  const Tensor head = random_filter(random, {1, kFilters});
  std::vector<int8_t> features;
  for (int32_t i = 0; i < kSteps * kFeatures; ++i)
    features.push_back(static_cast<int8_t>(random.integer(-128, 127)));

  Net unrolled(graph::write(unrolled_model(all, head)));
  ASSERT_EQ(unrolled->status(), Status::ok) << unrolled->failure().why.text;
  unrolled.feed(0, features);
  ASSERT_EQ(unrolled->invoke(), Status::ok);
  const std::vector<uint8_t> want = unrolled.output(0);
  EXPECT_GT(std::set<uint8_t>(want.begin(), want.end()).size(), 8u) << "too little happens in this model";

  Net streaming(graph::write(streaming_model(all, head)));
  ASSERT_EQ(streaming->status(), Status::ok) << streaming->failure().why.text;
  for (int32_t round = 0; round < 2; ++round, streaming->reset())
    for (size_t step = 0; step < kSteps; ++step) {
      const auto from = features.begin() + static_cast<int64_t>(step) * kFeatures;
      streaming.feed(0, std::vector<int8_t>(from, from + kFeatures));
      ASSERT_EQ(streaming->invoke(), Status::ok);
      ASSERT_EQ(streaming.output(0), std::vector<uint8_t>{want[step]})
          << "round " << round << " step " << step;
    }
}

}  // namespace
}  // namespace inkling::host
