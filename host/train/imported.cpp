// Operators one by one. What has four dimensions is kept as LibTorch wants it: channels before rows.
#include "host/train/imported.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>
#include <set>

#include "host/engine/builtin_names.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace F = torch::nn::functional;
using graph::Operator;
using graph::Subgraph;

const std::set<std::string> kCanLearn = {"CONV_2D",
                                         "DEPTHWISE_CONV_2D",
                                         "FULLY_CONNECTED",
                                         "AVERAGE_POOL_2D",
                                         "MAX_POOL_2D",
                                         "MEAN",
                                         "RESHAPE",
                                         "SQUEEZE",
                                         "ADD",
                                         "MUL",
                                         "RELU",
                                         "RELU6"};

int64_t option(const Operator& op, const char* name) {
  return static_cast<int64_t>(op.options.get(name));
}

torch::Tensor activated(const torch::Tensor& x, int64_t activation) {
  enum { none, relu, relu_n1_to_1, relu6 };
  switch (activation) {
    case none:
      return x;
    case relu:
      return torch::relu(x);
    case relu_n1_to_1:
      return x.clamp(-1, 1);
    case relu6:
      return x.clamp(0, 6);
    default:
      throw Error(fmt::format("activation {} cannot learn", activation));
  }
}

/// The padding of TensorFlow's SAME along one dimension: in front and behind.
std::pair<int64_t, int64_t> same_padding(int64_t in, int64_t kernel, int64_t stride, int64_t dilation) {
  const int64_t out = (in + stride - 1) / stride;
  const int64_t all = std::max<int64_t>(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in);
  return {all / 2, all - all / 2};
}

struct Windows {
  int64_t height, width, stride_h, stride_w, dilation_h, dilation_w;
};

torch::Tensor padded(const torch::Tensor& x, const Operator& op, const Windows& w, double value) {
  constexpr int64_t kSame = 0;
  if (option(op, "padding") != kSame) return x;
  const auto [top, bottom] = same_padding(x.size(2), w.height, w.stride_h, w.dilation_h);
  const auto [left, right] = same_padding(x.size(3), w.width, w.stride_w, w.dilation_w);
  if (top + bottom + left + right == 0) return x;
  return torch::constant_pad_nd(x, {left, right, top, bottom}, value);
}

/// `weights` as the file has them: [out, height, width, in], of depthwise ones [1, height, width, out].
torch::Tensor convolution(const Operator& op, const torch::Tensor& x, const torch::Tensor& weights,
                          const torch::Tensor& bias, bool depthwise) {
  const Windows w{weights.size(1),
                  weights.size(2),
                  option(op, "stride_h"),
                  option(op, "stride_w"),
                  option(op, "dilation_h_factor"),
                  option(op, "dilation_w_factor")};
  const torch::Tensor kernel = depthwise ? weights.permute({3, 0, 1, 2}) : weights.permute({0, 3, 1, 2});
  const int64_t groups = depthwise ? x.size(1) : 1;
  const std::vector<int64_t> stride = {w.stride_h, w.stride_w}, dilation = {w.dilation_h, w.dilation_w};
  const c10::IntArrayRef strides = stride, dilations = dilation;
  const std::vector<int64_t> none = {0, 0};
  return torch::conv2d(padded(x, op, w, 0), kernel.contiguous(), bias, strides, c10::IntArrayRef(none),
                       dilations, groups);
}

torch::Tensor pool(const Operator& op, const torch::Tensor& x, bool average) {
  const Windows w{option(op, "filter_height"),
                  option(op, "filter_width"),
                  option(op, "stride_h"),
                  option(op, "stride_w"),
                  1,
                  1};
  const std::vector<int64_t> no_padding = {0, 0};
  const std::vector<int64_t> size = {w.height, w.width}, stride = {w.stride_h, w.stride_w};
  if (!average) return torch::max_pool2d(padded(x, op, w, -INFINITY), size, stride);
  // Padding counts for nothing in a mean.
  const torch::Tensor sum = torch::avg_pool2d(padded(x, op, w, 0), size, stride, no_padding);
  const torch::Tensor ones = padded(torch::ones({1, 1, x.size(2), x.size(3)}), op, w, 0);
  return sum / torch::avg_pool2d(ones, size, stride, no_padding);
}

/// As the file orders it.
torch::Tensor flat(const torch::Tensor& x) {
  return (x.dim() == 4 ? x.permute({0, 2, 3, 1}) : x).reshape({x.size(0), -1});
}

/// From the file's order to the shape of a tensor, [1, ...], for a whole batch.
torch::Tensor shaped(const torch::Tensor& x, const std::vector<int32_t>& shape) {
  std::vector<int64_t> sizes = {x.size(0)};
  for (size_t i = 1; i < shape.size(); ++i) sizes.push_back(shape[i]);
  if (sizes.size() == 1) sizes.push_back(-1);
  const torch::Tensor y = x.reshape(sizes);
  return y.dim() == 4 ? y.permute({0, 3, 1, 2}).contiguous() : y;
}

}  // namespace

Imported::Imported(const graph::Graph& model, size_t last) : model_(model), last_(last) {
  const Subgraph& subgraph = model_.subgraphs.at(0);
  std::set<std::string> unfit;
  for (size_t i = 0; i <= last; ++i) {
    const std::string name = builtin_name(subgraph.operators.at(i).code);
    if (kCanLearn.count(name) == 0) unfit.insert(name);
  }
  if (!unfit.empty())
    throw Error(fmt::format("the layers {} cannot learn (can: {}); without --whole, the last layer learns",
                            fmt::join(unfit, ", "), fmt::join(kCanLearn, ", ")));
  parameters_.resize(subgraph.tensors.size());
  for (size_t i = 0; i < subgraph.tensors.size(); ++i) {
    const graph::Tensor& tensor = subgraph.tensors[i];
    if (tensor.type != Type::float32 || tensor.data.empty()) continue;
    const std::vector<int64_t> shape(tensor.shape.begin(), tensor.shape.end());
    torch::Tensor values = torch::empty(shape);
    std::memcpy(values.data_ptr<float>(), tensor.data.data(), tensor.data.size());
    parameters_[i] = register_parameter("tensor_" + std::to_string(i), values);
  }
}

const torch::Tensor& Imported::operand(const Operator& op, size_t i) const {
  static const torch::Tensor none;
  const int32_t index = i < op.inputs.size() ? op.inputs[i] : -1;
  if (index < 0) return none;
  const torch::Tensor& parameter = parameters_[static_cast<size_t>(index)];
  return parameter.defined() ? parameter : values_[static_cast<size_t>(index)];
}

torch::Tensor Imported::run(const Operator& op, const torch::Tensor& x) {
  const std::string name = builtin_name(op.code);
  const auto activation = [&] { return option(op, "fused_activation_function"); };
  if (name == "CONV_2D" || name == "DEPTHWISE_CONV_2D")
    return activated(convolution(op, x, operand(op, 1), operand(op, 2), name == "DEPTHWISE_CONV_2D"),
                     activation());
  if (name == "FULLY_CONNECTED")
    return activated(F::linear(flat(x), operand(op, 1), operand(op, 2)), activation());
  if (name == "AVERAGE_POOL_2D" || name == "MAX_POOL_2D")
    return activated(pool(op, x, name == "AVERAGE_POOL_2D"), activation());
  if (name == "RELU") return torch::relu(x);
  if (name == "RELU6") return x.clamp(0, 6);
  const std::vector<int32_t>& shape =
      model_.subgraphs[0].tensors[static_cast<size_t>(op.outputs.at(0))].shape;
  if (name == "RESHAPE" || name == "SQUEEZE") return shaped(flat(x), shape);
  if (name == "MEAN") {
    if (x.dim() != 4) throw Error("only means over rows and columns can learn");
    return shaped(flat(x.mean({2, 3}, true)), shape);
  }
  const torch::Tensor& other = operand(op, 1);
  // Constants have channels last; only those that are one number or one per channel get here.
  const bool is_constant = parameters_[static_cast<size_t>(op.inputs[1])].defined();
  const torch::Tensor y = is_constant && x.dim() == 4 ? other.reshape({1, -1, 1, 1}) : other;
  return activated(name == "ADD" ? x + y : x * y, activation());
}

torch::Tensor Imported::forward(const torch::Tensor& inputs) {
  const Subgraph& subgraph = model_.subgraphs[0];
  values_.assign(subgraph.tensors.size(), {});
  const auto in = static_cast<size_t>(subgraph.inputs[0]);
  values_[in] = shaped(inputs, subgraph.tensors[in].shape);
  for (size_t i = 0; i <= last_; ++i) {
    const Operator& op = subgraph.operators[i];
    values_[static_cast<size_t>(op.outputs.at(0))] = run(op, operand(op, 0));
  }
  return flat(values_[static_cast<size_t>(subgraph.operators[last_].outputs[0])]);
}

graph::Graph Imported::to_graph() const {
  graph::Graph model = model_;
  auto& tensors = model.subgraphs[0].tensors;
  for (size_t i = 0; i < tensors.size(); ++i) {
    if (!parameters_[i].defined()) continue;
    const torch::Tensor values = parameters_[i].detach().contiguous();
    std::memcpy(tensors[i].data.data(), values.data_ptr<float>(), tensors[i].data.size());
  }
  return model;
}

}  // namespace inkling::host
