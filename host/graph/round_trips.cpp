// Dead operators go from the last to the first, so that what only they read is dead in its turn.
#include "host/graph/round_trips.h"

#include <algorithm>

#include "host/graph/uses.h"
#include "inkling/core/op.h"

namespace inkling::host::graph {
namespace {

constexpr int32_t kDequantize = 6, kQuantize = 114;

// The tensor whose numbers a QUANTIZE gives again, -1 if there is none.
int32_t start_of(Subgraph& graph, const Uses& uses, const Operator& quantize) {
  int32_t from = quantize.inputs[0];
  if (tensor_at(graph, from).type == Type::float32) {
    const int32_t producer = uses.producer(from);
    if (producer < 0 || graph.operators[static_cast<size_t>(producer)].code != kDequantize) return -1;
    from = graph.operators[static_cast<size_t>(producer)].inputs[0];
  }
  const Tensor &start = tensor_at(graph, from), &end = tensor_at(graph, quantize.outputs[0]);
  const bool same = is_quantized(start) && same_numbers(start, end) && start.shape == end.shape;
  return same ? from : -1;
}

bool has_effects(Subgraph& graph, const Operator& op) {
  constexpr int32_t kEffects[] = {118, 119, 129, 142, 143, 144};  // IF, WHILE, CALL_ONCE, resource variables
  if (op.code == kCustom || std::count(std::begin(kEffects), std::end(kEffects), op.code) > 0) return true;
  return std::any_of(op.inputs.begin(), op.inputs.end(),
                     [&](int32_t i) { return i >= 0 && tensor_at(graph, i).is_variable; });
}

}  // namespace

int32_t bypass_round_trips(Graph* model) {
  int32_t n = 0;
  for (Subgraph& graph : model->subgraphs) {
    for (size_t i = 0; i < graph.operators.size(); ++i) {
      const Operator& quantize = graph.operators[i];
      if (quantize.code != kQuantize || quantize.inputs.empty() || quantize.outputs.empty()) continue;
      const int32_t end = quantize.outputs[0], start = start_of(graph, Uses(graph), quantize);
      if (start < 0 || std::count(graph.outputs.begin(), graph.outputs.end(), end) > 0) continue;
      for (Operator& op : graph.operators) std::replace(op.inputs.begin(), op.inputs.end(), end, start);
      ++n;
    }
  }
  return n;
}

int32_t remove_dead_operators(Graph* model) {
  int32_t n = 0;
  for (Subgraph& graph : model->subgraphs) {
    for (size_t i = graph.operators.size(); i-- > 0;) {
      const Operator& op = graph.operators[i];
      const Uses uses(graph);
      const bool read =
          std::any_of(op.outputs.begin(), op.outputs.end(), [&](int32_t t) { return uses.n(t) > 0; });
      if (read || has_effects(graph, op)) continue;
      graph.operators.erase(graph.operators.begin() + static_cast<std::ptrdiff_t>(i));
      ++n;
    }
  }
  return n;
}

}  // namespace inkling::host::graph
