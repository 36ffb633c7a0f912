// The public face of a loaded program.
#include "inkling/run/interpreter.h"

#include "inkling/run/loader.h"

namespace inkling {

Interpreter::Interpreter(Bytes model, MutableBytes arena, Span<const Op* const> ops) : model_(model) {
  Loaded loaded;
  if (load_model(model, arena, ops, &loaded, &failure_) != Status::ok) return;
  runtime_.graphs = loaded.graphs;
  runtime_.variables = loaded.variables;
  arena_used_ = loaded.arena_used;
  reset();
}

Tensor Interpreter::operand(int32_t i, bool output) const {
  const int32_t count = output ? n_outputs() : n_inputs();
  if (i < 0 || i >= count) return {};
  Failure failure;
  const Model model(model_, &failure);
  const Subgraph graph = model.subgraph(0);
  const Vector& indices = output ? graph.outputs() : graph.inputs();
  Tensor tensor = graph.tensor(indices.get<int32_t>(i));
  tensor.data = runtime_.graphs[0].operands[output ? n_inputs() + i : i].data;
  return tensor;
}

Tensor Interpreter::input(int32_t i) const {
  return operand(i, false);
}
Tensor Interpreter::output(int32_t i) const {
  return operand(i, true);
}

void Interpreter::observe(Observer observer, void* context) {
  runtime_.observer = observer;
  runtime_.observer_context = context;
}

Status Interpreter::invoke() {
  if (!loaded()) return failure_.status;
  runtime_.stopped = false;
  runtime_.run(0);
  return Status::ok;
}

}  // namespace inkling
