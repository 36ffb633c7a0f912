// SAME keeps ceil(n / stride) outputs and puts the smaller half of what is missing in front.
#include "host/graph/folded_padding.h"

#include <algorithm>
#include <cstring>

#include "host/graph/uses.h"

namespace inkling::host::graph {
namespace {

constexpr int32_t kConv = 3, kDepthwise = 4, kPad = 34, kPadV2 = 60, kSame = 0, kValid = 1;

// The paddings of four dimensions, in front and behind; empty where they are not known.
std::vector<int64_t> paddings_of(const Tensor& tensor) {
  const size_t bytes = tensor.type == Type::int64 ? 8 : 4;
  if ((tensor.type != Type::int32 && tensor.type != Type::int64) || tensor.data.size() != 8 * bytes)
    return {};
  std::vector<int64_t> paddings;
  for (size_t i = 0; i < 8; ++i) {
    int64_t x = 0;
    int32_t narrow = 0;
    std::memcpy(bytes == 8 ? static_cast<void*>(&x) : &narrow, tensor.data.data() + i * bytes, bytes);
    paddings.push_back(bytes == 8 ? x : narrow);
  }
  return paddings;
}

// Whether SAME padding of n inputs gives n_outputs and as much in front.
bool is_same(int32_t n, int32_t n_outputs, int32_t taps, double stride, double dilation, int64_t front) {
  const auto step = static_cast<int32_t>(stride), extent = (taps - 1) * static_cast<int32_t>(dilation) + 1;
  if (step < 1 || n_outputs != (n + step - 1) / step) return false;
  return front == std::max((n_outputs - 1) * step + extent - n, 0) / 2;
}

bool pads_with_zero_point(Subgraph& graph, const Operator& pad) {
  if (pad.code == kPad) return true;
  if (pad.inputs.size() < 3 || pad.inputs[2] < 0) return false;
  const Tensor &value = tensor_at(graph, pad.inputs[2]), &input = tensor_at(graph, pad.inputs[0]);
  return input.type == Type::int8 && value.type == Type::int8 && value.data.size() == 1 &&
         static_cast<int8_t>(value.data[0]) == input.zero_points[0];
}

bool folds(Subgraph& graph, const Operator& pad, const Operator& layer) {
  const Tensor &input = tensor_at(graph, pad.inputs[0]), &padded = tensor_at(graph, pad.outputs[0]);
  const Tensor &filter = tensor_at(graph, layer.inputs[1]), &output = tensor_at(graph, layer.outputs[0]);
  if (!is_quantized(input) || !same_numbers(input, padded) || !input.data.empty()) return false;
  if (input.shape.size() != 4 || filter.shape.size() != 4 || output.shape.size() != 4) return false;
  if (layer.options.get("padding") != kValid || !pads_with_zero_point(graph, pad)) return false;
  const std::vector<int64_t> p = paddings_of(tensor_at(graph, pad.inputs[1]));
  if (p.empty() || p[0] != 0 || p[1] != 0 || p[6] != 0 || p[7] != 0) return false;
  return is_same(input.shape[1], output.shape[1], filter.shape[1], layer.options.get("stride_h"),
                 layer.options.get("dilation_h_factor"), p[2]) &&
         is_same(input.shape[2], output.shape[2], filter.shape[2], layer.options.get("stride_w"),
                 layer.options.get("dilation_w_factor"), p[4]);
}

}  // namespace

int32_t fold_padding(Graph* model) {
  int32_t n = 0;
  for (Subgraph& graph : model->subgraphs) {
    const Uses uses(graph);
    for (Operator& layer : graph.operators) {
      if ((layer.code != kConv && layer.code != kDepthwise) || layer.inputs.size() < 2 || layer.inputs[1] < 0)
        continue;
      const int32_t producer = uses.producer(layer.inputs[0]);
      if (producer < 0 || uses.n(layer.inputs[0]) != 1) continue;
      const Operator& pad = graph.operators[static_cast<size_t>(producer)];
      if ((pad.code != kPad && pad.code != kPadV2) || pad.inputs.size() < 2 || pad.inputs[1] < 0) continue;
      if (!folds(graph, pad, layer)) continue;
      layer.inputs[0] = pad.inputs[0];
      layer.options.set("padding", kSame);
      ++n;
    }
  }
  return n;
}

}  // namespace inkling::host::graph
