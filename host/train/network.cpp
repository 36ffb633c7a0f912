// The layers, their execution and their export.
#include "host/train/network.h"

#include <fmt/format.h>

#include <cstring>

#include "host/data/motion_dataset.h"
#include "host/data/scenes.h"
#include "host/evaluate/features.h"
#include "host/train/processes.h"

namespace inkling::host {
namespace {

using graph::Operator;
using graph::Subgraph;

/// What a layer makes of a size, and the padding in front and behind.
struct Extent {
  int64_t out, before, after;
};

Extent extent(int64_t in, int64_t kernel, const Layer& layer) {
  if (!layer.padded) return {(in - kernel) / layer.stride + 1, 0, 0};
  const int64_t out = (in + layer.stride - 1) / layer.stride;
  const int64_t padding = std::max<int64_t>(0, (out - 1) * layer.stride + kernel - in);
  return {out, padding / 2, padding - padding / 2};
}

graph::Tensor activation(const std::string& name, std::vector<int32_t> shape) {
  graph::Tensor tensor;
  tensor.name = name;
  tensor.shape = std::move(shape);
  return tensor;
}

graph::Tensor constant(const std::string& name, const torch::Tensor& values) {
  const torch::Tensor flat = values.contiguous().to(torch::kFloat32);
  graph::Tensor tensor;
  tensor.name = name;
  for (const int64_t size : flat.sizes()) tensor.shape.push_back(static_cast<int32_t>(size));
  tensor.data.resize(static_cast<size_t>(flat.numel()) * sizeof(float));
  std::memcpy(tensor.data.data(), flat.data_ptr<float>(), tensor.data.size());
  return tensor;
}

int32_t narrow(int64_t value) {
  return static_cast<int32_t>(value);
}

/// Appends layer number `i` behind tensor `from` and returns its output.
int32_t add_layer(Subgraph& subgraph, int32_t from, const Layer& layer, size_t i,
                  const torch::nn::Conv2d& convolution, const torch::nn::BatchNorm2d& norm) {
  constexpr int kSame = 0, kValid = 1, kRelu = 1;
  const std::vector<int32_t> shape = subgraph.tensors[static_cast<size_t>(from)].shape;
  const torch::Tensor factor = norm->weight / torch::sqrt(norm->running_var + norm->options.eps());
  const torch::Tensor weights = convolution->weight * factor.view({-1, 1, 1, 1});
  const torch::Tensor bias = norm->bias - norm->running_mean * factor;
  const std::string name = fmt::format("layer_{}", i + 1);
  // [out, in, height, width] -> [out, height, width, in], of depthwise ones [1, height, width, out].
  const int32_t w = subgraph.add(constant(
      name + "/weights", layer.depthwise ? weights.permute({1, 2, 3, 0}) : weights.permute({0, 2, 3, 1})));
  const int32_t b = subgraph.add(constant(name + "/bias", bias));
  const int32_t out = subgraph.add(
      activation(name, {1, narrow(extent(shape[1], layer.kernel_height, layer).out),
                        narrow(extent(shape[2], layer.kernel_width, layer).out), narrow(layer.channels)}));
  graph::Options options(layer.depthwise ? "DepthwiseConv2DOptions" : "Conv2DOptions");
  options.set("padding", layer.padded ? kSame : kValid).set("fused_activation_function", kRelu);
  options.set("stride_w", narrow(layer.stride)).set("stride_h", narrow(layer.stride));
  if (layer.depthwise) options.set("depth_multiplier", 1);
  subgraph.operators.emplace_back(layer.depthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D",
                                  std::vector<int32_t>{from, w, b}, std::vector<int32_t>{out}, options);
  return out;
}

}  // namespace

const std::vector<std::pair<std::string, Size>>& sizes() {
  static const std::vector<std::pair<std::string, Size>> all = {
      {"tiny", Size::tiny}, {"small", Size::small}, {"medium", Size::medium}};
  return all;
}

namespace {

// Coarse steps early keep the work small. The sixth layer joins what the frequencies say, the last one what
// there is to say about each moment.
const std::vector<Layer> kTinyWords = {
    {false, 12, 5, 5, 2, true}, {true, 12, 3, 3, 2, true},  {false, 24, 1, 1, 1, true},
    {true, 24, 3, 3, 1, true},  {false, 32, 1, 1, 1, true}, {true, 32, 3, 3, 2, true},
    {false, 48, 1, 1, 1, true}, {true, 48, 3, 5, 1, false}, {false, 64, 1, 1, 1, true}};
const std::vector<Layer> kSmallWords = {
    {false, 24, 5, 5, 2, true}, {true, 24, 3, 3, 2, true},  {false, 48, 1, 1, 1, true},
    {true, 48, 3, 3, 1, true},  {false, 64, 1, 1, 1, true}, {true, 64, 3, 3, 2, true},
    {false, 96, 1, 1, 1, true}, {true, 96, 3, 3, 1, true},  {false, 96, 1, 1, 1, true},
    {true, 96, 3, 5, 1, false}, {false, 128, 1, 1, 1, true}};
const std::vector<Layer> kMediumWords = {
    {false, 32, 5, 5, 2, true}, {true, 32, 3, 3, 2, true},   {false, 64, 1, 1, 1, true},
    {true, 64, 3, 3, 1, true},  {false, 96, 1, 1, 1, true},  {true, 96, 3, 3, 1, true},
    {false, 96, 1, 1, 1, true}, {true, 96, 3, 3, 2, true},   {false, 128, 1, 1, 1, true},
    {true, 128, 3, 3, 1, true}, {false, 160, 1, 1, 1, true}, {true, 160, 3, 5, 1, false},
    {false, 192, 1, 1, 1, true}};

}  // namespace

NetworkPlan word_network(Size size) {
  const auto& layers = size == Size::tiny ? kTinyWords : size == Size::small ? kSmallWords : kMediumWords;
  return {"Words, from 49 rows of 40 features of the sound front end",
          kWindowRows,
          kRowFeatures,
          1,
          kFeatureQuantization,
          layers,
          true};
}

NetworkPlan motion_network(int64_t rows, int64_t channels) {
  return {"Motion, from rows of sensor channels",
          rows,
          1,
          channels,
          {kMotionStep, 0},
          {{false, 16, 5, 1, 2, true},
           {true, 16, 5, 1, 1, true},
           {false, 24, 1, 1, 1, true},
           {true, 24, 5, 1, 2, true},
           {false, 32, 1, 1, 1, true},
           {true, 32, 5, 1, 2, true},
           {false, 48, 1, 1, 1, true}},
          false};
}

Network::Network(NetworkPlan plan, int64_t n_labels) : plan_(std::move(plan)) {
  int64_t channels = plan_.channels;
  for (const Layer& layer : plan_.layers) {
    const auto i = std::to_string(convolutions_.size());
    convolutions_.push_back(
        register_module("convolution_" + i,
                        torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, layer.channels,
                                                                   {layer.kernel_height, layer.kernel_width})
                                              .stride(layer.stride)
                                              .groups(layer.depthwise ? channels : 1)
                                              .bias(false))));
    norms_.push_back(register_module("norm_" + i, torch::nn::BatchNorm2d(layer.channels)));
    channels = layer.channels;
  }
  last_ = register_module("last", torch::nn::Linear(channels, n_labels));
}

torch::Tensor Network::forward(torch::Tensor x) {
  for (size_t i = 0; i < plan_.layers.size(); ++i) {
    const Extent height = extent(x.size(2), plan_.layers[i].kernel_height, plan_.layers[i]);
    const Extent width = extent(x.size(3), plan_.layers[i].kernel_width, plan_.layers[i]);
    if (height.before + height.after + width.before + width.after > 0)
      x = torch::constant_pad_nd(x, {width.before, width.after, height.before, height.after});
    x = torch::relu(processes::normalized(norms_[i], convolutions_[i](x)));
  }
  return last_(x.mean({2, 3}));
}

graph::Graph Network::to_graph() {
  const torch::NoGradGuard no_gradients;
  graph::Graph graph;
  graph.description = plan_.description;
  Subgraph& subgraph = graph.subgraphs.emplace_back();
  subgraph.name = "main";
  int32_t at = subgraph.add_input(
      activation("features", {1, narrow(plan_.rows), narrow(plan_.columns), narrow(plan_.channels)}));
  for (size_t i = 0; i < plan_.layers.size(); ++i)
    at = add_layer(subgraph, at, plan_.layers[i], i, convolutions_[i], norms_[i]);
  const std::vector<int32_t> shape = subgraph.tensors[static_cast<size_t>(at)].shape;
  const int32_t mean = subgraph.add(activation("mean", {1, 1, 1, shape[3]}));
  graph::Options pool("Pool2DOptions");
  pool.set("padding", 1).set("stride_w", 1).set("stride_h", 1);
  pool.set("filter_height", shape[1]).set("filter_width", shape[2]);
  subgraph.operators.emplace_back("AVERAGE_POOL_2D", std::vector<int32_t>{at}, std::vector<int32_t>{mean},
                                  pool);
  const int32_t w = subgraph.add(constant("last/weights", last_->weight));
  const int32_t b = subgraph.add(constant("last/bias", last_->bias));
  const auto n_labels = narrow(last_->bias.size(0));
  const int32_t logits = subgraph.add(activation("logits", {1, n_labels}));
  subgraph.operators.emplace_back("FULLY_CONNECTED", std::vector<int32_t>{mean, w, b},
                                  std::vector<int32_t>{logits}, graph::Options("FullyConnectedOptions"));
  const int32_t scores = subgraph.add_output(activation("scores", {1, n_labels}));
  subgraph.operators.emplace_back("SOFTMAX", std::vector<int32_t>{logits}, std::vector<int32_t>{scores},
                                  graph::Options("SoftmaxOptions").set("beta", 1));
  return graph;
}

}  // namespace inkling::host
