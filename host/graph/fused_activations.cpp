// The layer writes the activation's output; the activation goes.
#include "host/graph/fused_activations.h"

#include <map>

#include "host/graph/uses.h"

namespace inkling::host::graph {
namespace {

constexpr const char* kField = "fused_activation_function";

// BuiltinOperator to ActivationFunctionType.
const std::map<int32_t, int32_t>& activations() {
  static const std::map<int32_t, int32_t> all = {{19, 1}, {20, 2}, {21, 3}};
  return all;
}

bool has_clamp(const Operator& op) {
  constexpr int32_t kAdd = 0, kConv = 3, kDepthwise = 4, kFullyConnected = 9;
  return op.code == kAdd || op.code == kConv || op.code == kDepthwise || op.code == kFullyConnected;
}

}  // namespace

int32_t fuse_activations(Graph* model) {
  int32_t n = 0;
  for (Subgraph& graph : model->subgraphs) {
    const Uses uses(graph);
    std::vector<Operator> kept;
    std::map<int32_t, size_t> writers;  // of tensors, among those kept
    for (Operator& op : graph.operators) {
      const auto activation = activations().find(op.code);
      const auto writer = op.inputs.empty() ? writers.end() : writers.find(op.inputs[0]);
      if (activation != activations().end() && writer != writers.end() && uses.n(op.inputs[0]) == 1) {
        const Tensor &from = tensor_at(graph, op.inputs[0]), &to = tensor_at(graph, op.outputs[0]);
        Operator& layer = kept[writer->second];
        if (is_quantized(from) && same_numbers(from, to) && from.shape == to.shape && has_clamp(layer) &&
            layer.options.table() != "" && layer.options.get(kField) == 0) {
          layer.options.set(kField, activation->second);
          layer.outputs[0] = op.outputs[0];
          ++n;
          continue;
        }
      }
      for (const int32_t output : op.outputs) writers[output] = kept.size();
      kept.push_back(std::move(op));
    }
    graph.operators = std::move(kept);
  }
  return n;
}

}  // namespace inkling::host::graph
