// The loop over the steps.
#include "inkling/core/runtime.h"

#include "inkling/core/memory.h"

namespace inkling {
void Runtime::run(int32_t subgraph) {
  if (depth == 0) n_runs = 0;
  if (depth == kMaxDepth || ++n_runs > kMaxRuns) stopped = true;
  ++depth;
  int32_t op = 0;
  for (Step* step = graphs[subgraph].first; step && !stopped; step = step->next, ++op) {
    const Io io{step->slots(), step->n_inputs, step->scratch, this};
    StepEvent event{subgraph, op, false, &io, step->n_outputs, step->params()};
    for (;; event.done = true) {
      if (observer && !observer(observer_context, event)) stopped = true;
      if (stopped || event.done) break;
      step->eval(event.params, io);
    }
  }
  --depth;
}

void Runtime::reset() {
  for (Variable* variable = variables; variable; variable = variable->next)
    fill_bytes(variable->bytes(), variable->initial, variable->n_bytes);
}

}  // namespace inkling
