// The loop over the steps.
#include "inkling/core/runtime.h"

#include "inkling/core/memory.h"

namespace inkling {
namespace {

// Whether the observer, if there is one, lets the run go on.
bool goes_on(const Runtime& runtime, const StepEvent& event) {
  return !runtime.observer || runtime.observer(runtime.observer_context, event);
}

}  // namespace

void Runtime::run(int32_t subgraph) {
  if (depth == kMaxDepth) stopped = true;
  ++depth;
  StepEvent event{subgraph, 0, false, nullptr, 0, nullptr};
  for (Step* step = graphs[subgraph].first; step && !stopped; step = step->next, ++event.op) {
    const Io io{step->slots(), step->n_inputs, step->scratch, this};
    event = {subgraph, event.op, false, &io, step->n_outputs, step->params()};
    stopped = !goes_on(*this, event);
    if (stopped) break;
    step->eval(step->params(), io);
    event.done = true;
    if (!goes_on(*this, event)) stopped = true;
  }
  --depth;
}

void Runtime::reset() {
  for (Variable* variable = variables; variable; variable = variable->next)
    fill_bytes(variable->bytes(), variable->initial, variable->n_bytes);
}

}  // namespace inkling
