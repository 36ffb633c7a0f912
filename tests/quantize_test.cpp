// Tests of host/quantize: the int8 model says what the float model says, scales are where the specification
// wants them, and what cannot be quantized is refused.
#include "host/quantize/quantize.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "host/data/npy.h"
#include "host/data/random.h"
#include "host/engine/program.h"
#include "host/quantize/calibration.h"
#include "host/quantize/layer_errors.h"
#include "tests/host_test.h"

namespace inkling::host {
namespace {

using graph::Graph;
using graph::Operator;
using graph::Options;
using testing::IsSubstring;

graph::Tensor tensor(const std::string& name, std::vector<int32_t> shape) {
  graph::Tensor result;
  result.name = name;
  result.shape = std::move(shape);
  return result;
}

// Weights whose channels (along the axis) have ranges that differ by a factor of 4 and more.
graph::Tensor weights(const std::string& name, std::vector<int32_t> shape, size_t axis, Random& random) {
  graph::Tensor result = tensor(name, shape);
  size_t n = 1, stride = 1;
  for (const int32_t size : shape) n *= static_cast<size_t>(size);
  for (size_t i = axis + 1; i < shape.size(); ++i) stride *= static_cast<size_t>(shape[i]);
  for (size_t i = 0; i < n; ++i) {
    const size_t slice = i / stride % static_cast<size_t>(shape[axis]);
    const auto value = static_cast<float>(random.normal() * 0.3 * std::pow(4, -static_cast<double>(slice)));
    const auto* bytes = reinterpret_cast<const uint8_t*>(&value);
    result.data.insert(result.data.end(), bytes, bytes + sizeof value);
  }
  return result;
}

// A convolution, a depthwise one, a mean, a layer, a softmax.
Graph small_model() {
  Random random(3);
  Graph model;
  graph::Subgraph& g = model.subgraphs.emplace_back();
  const int32_t in = g.add_input(tensor("in", {1, 6, 4, 1}));
  const int32_t w1 = g.add(weights("w1", {3, 3, 3, 1}, 0, random)), b1 = g.add(weights("b1", {3}, 0, random));
  const int32_t a = g.add(tensor("a", {1, 6, 4, 3}));
  const int32_t w2 = g.add(weights("w2", {1, 3, 3, 3}, 3, random)), b2 = g.add(weights("b2", {3}, 0, random));
  const int32_t b = g.add(tensor("b", {1, 3, 2, 3})), c = g.add(tensor("c", {1, 1, 1, 3}));
  const int32_t w3 = g.add(weights("w3", {4, 3}, 0, random)), b3 = g.add(weights("b3", {4}, 0, random));
  const int32_t d = g.add(tensor("d", {1, 4})), out = g.add_output(tensor("out", {1, 4}));
  const auto strided = [](const char* table, int stride) {
    return Options(table).set("stride_w", stride).set("stride_h", stride);
  };
  using Tensors = std::vector<int32_t>;
  g.operators.emplace_back("CONV_2D", Tensors{in, w1, b1}, Tensors{a}, strided("Conv2DOptions", 1));
  g.operators.emplace_back("DEPTHWISE_CONV_2D", Tensors{a, w2, b2}, Tensors{b},
                           strided("DepthwiseConv2DOptions", 2).set("depth_multiplier", 1));
  g.operators.emplace_back(
      "AVERAGE_POOL_2D", Tensors{b}, Tensors{c},
      strided("Pool2DOptions", 1).set("padding", 1).set("filter_height", 3).set("filter_width", 2));
  g.operators.emplace_back("FULLY_CONNECTED", Tensors{c, w3, b3}, Tensors{d},
                           Options("FullyConnectedOptions"));
  g.operators.emplace_back("SOFTMAX", Tensors{d}, Tensors{out}, Options("SoftmaxOptions").set("beta", 1));
  return model;
}

std::vector<std::vector<float>> samples(int32_t n) {
  Random random(5);
  std::vector<std::vector<float>> result(static_cast<size_t>(n), std::vector<float>(24));
  for (auto& sample : result)
    for (float& value : sample) value = static_cast<float>(random.uniform(0, 4));
  return result;
}

constexpr Quantization kInput{4.0f / 255, -128};

TEST(Quantize, SaysWhatTheFloatModelSays) {
  const Graph model = small_model();
  const ModelFile float_file("float", graph::write(model));
  const ModelFile int8_file("int8", graph::write(quantize(model, samples(50), kInput)));
  Program float_program(float_file), int8_program(int8_file);
  float largest = 0;
  for (const std::vector<float>& sample : samples(80)) {
    std::memcpy(float_program.net().input(0).data, sample.data(), sample.size() * sizeof(float));
    auto* in = int8_program.net().input(0).as<int8_t>();
    for (size_t i = 0; i < sample.size(); ++i)
      in[i] = static_cast<int8_t>(std::lround(sample[i] / kInput.scale) + kInput.zero_point);
    ASSERT_EQ(float_program.net().invoke(), Status::ok);
    ASSERT_EQ(int8_program.net().invoke(), Status::ok);
    const auto* want = float_program.net().output(0).as<float>();
    const auto* got = int8_program.net().output(0).as<int8_t>();
    for (int i = 0; i < 4; ++i)
      largest = std::max(largest, std::abs(want[i] - static_cast<float>(got[i] + 128) / 256));
  }
  EXPECT_LT(largest, 0.02f);
}

TEST(Quantize, In16BitsSaysItMoreExactly) {
  const auto named = [](const Graph& model, const std::string& name) {
    for (const graph::Tensor& t : model.subgraphs[0].tensors)
      if (t.name == name) return t;
    throw Error("no tensor " + name);
  };
  const Graph model = small_model();
  const Graph in_int16 = quantize(model, samples(50), kInput, Activations::int16);
  EXPECT_EQ(named(in_int16, "in").type, Type::int16);
  EXPECT_EQ(named(in_int16, "w1").type, Type::int8);
  EXPECT_EQ(named(in_int16, "b1").type, Type::int64);
  EXPECT_EQ(named(in_int16, "a").zero_points, std::vector<int64_t>{0});
  EXPECT_EQ(named(in_int16, "out").scales, std::vector<float>{1.0f / 32768});
  const auto errors = layer_errors(model, in_int16, samples(80));
  const auto errors_int8 = layer_errors(model, quantize(model, samples(50), kInput), samples(80));
  for (size_t i = 0; i < errors.size(); ++i)
    EXPECT_LT(errors[i].error, 0.9 * errors_int8[i].error) << errors[i].name;
}

TEST(Quantize, ActivationsKeepTheScaleThatTheyCarry) {
  Graph model = small_model();
  for (graph::Tensor& t : model.subgraphs[0].tensors)
    if (t.name == "a") {
      t.scales = {0.125f};
      t.zero_points = {-7};
    }
  const Graph quantized = quantize(model, samples(50), kInput);
  for (const graph::Tensor& t : quantized.subgraphs[0].tensors)
    if (t.name == "a") {
      EXPECT_EQ(t.scales, std::vector<float>{0.125f});
      EXPECT_EQ(t.zero_points, std::vector<int64_t>{-7});
    }
}

TEST(Quantize, PutsScalesWhereTheSpecificationWantsThem) {
  const Graph model = quantize(small_model(), samples(50), kInput);
  const auto& tensors = model.subgraphs[0].tensors;
  const auto named = [&](const std::string& name) {
    for (const graph::Tensor& t : tensors)
      if (t.name == name) return t;
    throw Error("no tensor " + name);
  };
  EXPECT_EQ(named("w1").scales.size(), 3u);
  EXPECT_EQ(named("w1").axis, 0);
  EXPECT_EQ(named("w2").scales.size(), 3u);
  EXPECT_EQ(named("w2").axis, 3);
  EXPECT_GT(named("w2").scales[0], 2 * named("w2").scales[2]);
  EXPECT_EQ(named("w3").scales.size(), 1u);
  EXPECT_EQ(named("b1").type, Type::int32);
  EXPECT_EQ(named("b1").scales[1], kInput.scale * named("w1").scales[1]);
  EXPECT_EQ(named("b").scales, named("c").scales);
  EXPECT_EQ(named("b").zero_points, named("c").zero_points);
  EXPECT_EQ(named("out").scales, std::vector<float>{1.0f / 256});
  EXPECT_EQ(named("out").zero_points, std::vector<int64_t>{-128});
}

TEST(Quantize, RefusesWhatItCannot) {
  Graph model = small_model();
  EXPECT_PRED_FORMAT2(IsSubstring, "needs samples", message_of([&] { quantize(model, {}, kInput); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "got 3 values, want 24", message_of([&] {
                        quantize(model, {{1, 2, 3}}, kInput);
                      }));
  model.subgraphs[0].operators.back() =
      Operator("EXP", {model.subgraphs[0].operators.back().inputs}, {model.subgraphs[0].outputs});
  EXPECT_PRED_FORMAT2(IsSubstring, "EXP cannot be quantized (can: ADD, ",
                      message_of([&] { quantize(model, samples(2), kInput); }));
}

// in + in * constant, squashed: operators without weights, a constant, a fixed output.
Graph branching_model() {
  Random random(4);
  Graph model;
  graph::Subgraph& g = model.subgraphs.emplace_back();
  const int32_t in = g.add_input(tensor("in", {1, 24}));
  const int32_t factor = g.add(weights("factor", {1, 24}, 0, random));
  const int32_t product = g.add(tensor("product", {1, 24})), sum = g.add(tensor("sum", {1, 24}));
  const int32_t flat = g.add(tensor("flat", {24})), out = g.add_output(tensor("out", {24}));
  using Tensors = std::vector<int32_t>;
  g.operators.emplace_back("MUL", Tensors{in, factor}, Tensors{product}, Options("MulOptions"));
  g.operators.emplace_back("ADD", Tensors{in, product}, Tensors{sum}, Options("AddOptions"));
  g.operators.emplace_back("SQUEEZE", Tensors{sum}, Tensors{flat}, Options("SqueezeOptions"));
  g.operators.emplace_back("LOGISTIC", Tensors{flat}, Tensors{out});
  return model;
}

TEST(Quantize, MeasuresWhatEachLayerLoses) {
  const Graph model = branching_model();
  const Graph in_int8 = quantize(model, samples(50), {});
  const std::vector<LayerError> errors = layer_errors(model, in_int8, samples(80));
  ASSERT_EQ(errors.size(), 4u);
  EXPECT_EQ(errors[0].name, "MUL");
  EXPECT_EQ(errors[2].output, "flat");
  EXPECT_EQ(errors[2].scale, errors[1].scale);
  EXPECT_NEAR(errors[3].scale, 1.0 / 256, 1e-9);
  for (const LayerError& layer : errors) {
    EXPECT_GT(layer.error, 0.1 * layer.scale) << layer.name;
    EXPECT_LT(layer.error, 2 * layer.scale) << layer.name;
    EXPECT_GT(layer.rms, 10 * layer.error) << layer.name;
  }
}

TEST(Quantize, TakesTheInputsRangeFromTheSamples) {
  const Graph in_int8 =
      quantize(branching_model(), {std::vector<float>(24, -1.0f), std::vector<float>(24, 3.0f)}, {});
  const graph::Tensor& in = in_int8.subgraphs[0].tensors[0];
  EXPECT_FLOAT_EQ(in.scales[0], 4.0f / 255);
  EXPECT_EQ(in.zero_points[0], -64);
}

TEST(Calibration, ReadsArraysOfOneInputOrSeveral) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "a");
  Array one{"<f4", {1, 24}, std::vector<uint8_t>(24 * 4)},
      three{"|u1", {3, 24}, std::vector<uint8_t>(3 * 24, 200)};
  write_npy(folder / "a" / "one.npy", one);
  write_npy(folder / "three.npy", three);
  const graph::Tensor input = tensor("in", {1, 24});
  const Calibration all = read_calibration(folder.path(), input, 100);
  ASSERT_EQ(all.samples.size(), 4u);
  EXPECT_EQ(all.samples[0], std::vector<float>(24, 0.0f));
  EXPECT_EQ(all.samples[3], std::vector<float>(24, 200.0f));
  EXPECT_FALSE(all.input);
  EXPECT_EQ(read_calibration(folder.path(), input, 2).samples.size(), 2u);
  EXPECT_PRED_FORMAT2(IsSubstring, "got 24 values, want 25",
                      message_of([&] { read_calibration(folder.path(), tensor("in", {25}), 100); }));
  EXPECT_PRED_FORMAT2(IsSubstring, "has no .npy files", message_of([&] {
                        std::filesystem::create_directories(folder / "b");
                        read_calibration(folder / "b", input, 100);
                      }));
}

// Models that others made, on noise, about which they are unsure: a wrong scale anywhere costs far more.
TEST(Quantize, KeepsTheAnswersOfForeignModels) {
  const std::filesystem::path models = shared_folder() / "conformance/models";
  if (!std::filesystem::exists(models)) GTEST_SKIP() << models << " is not there";
  for (const auto& [name, highest] :
       {std::pair("mlperf_ad01_fp32", 1), {"mlperf_resnet_fp32", 255}, {"mlperf_vww_fp32", 1}}) {
    const ModelFile file(models / name / "model.tflite");
    const Graph model = graph::read(file.bytes());
    const graph::Subgraph& main = model.subgraphs[0];
    size_t size = 1;
    for (const int32_t n : main.tensors[static_cast<size_t>(main.inputs[0])].shape)
      size *= static_cast<size_t>(n);
    Random random(7);
    std::vector<std::vector<float>> inputs(8, std::vector<float>(size));
    for (auto& input : inputs)
      for (float& value : input) value = static_cast<float>(random.uniform(0, highest));
    const LayerError last = layer_errors(model, quantize(model, inputs, {}), inputs).back();
    EXPECT_LT(last.error, 0.2 * last.rms) << name;
  }
}

}  // namespace
}  // namespace inkling::host
