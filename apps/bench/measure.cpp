// The measuring image of the benchmark: tells the desk the arena's size, the stack's depth and the hashes of
// all operators' outputs, and marks regions for the counting plug-in: kind 0 an invoke, 1 each operator (of
// the invoke that is observed), 2 the load.
#include "apps/bench/hash.h"
#include "apps/bench/run_model.h"
#include "boards/virtual/line.h"
#include "boards/virtual/markers.h"
#include "boards/virtual/stack.h"
#include "inkling/format/model.h"

namespace inkling::bench {
namespace {

/// The main subgraph, to know how many bytes its operators write.
struct Context {
  Failure failure;
  Model model{{::model, kModelBytes}, &failure};
  Subgraph graph = model.subgraph(0);
};

bool observe(void* context, const StepEvent& event) {
  if (event.subgraph != 0) return true;
  if (!event.done) {
    INKLING_MARK_BEGIN(1);
    return true;
  }
  INKLING_MARK_END(1);
  const Subgraph& graph = static_cast<Context*>(context)->graph;
  const Operator op = graph.op(event.op);
  const uint8_t* const bytes = event.n_outputs > 0 ? event.io->out<uint8_t>(0) : nullptr;
  const int32_t n_bytes = bytes ? graph.tensor(op.output(0)).n_bytes : 0;
  Line("op ").number(static_cast<uint32_t>(event.op)).text(" ").hex(fnv1a(bytes, n_bytes)).print();
  return true;
}

[[gnu::noinline]] void measure_stack() {
  paint_stack();
  static_cast<void>(run_model());
  Line("stack ").number(stack_used_bytes()).print();
}

int32_t report(const Failure& failure) {
  Line("failure ")
      .number(static_cast<uint32_t>(failure.status))
      .text(" ")
      .number(static_cast<uint32_t>(failure.want))
      .text(" reason ")
      .number(failure.why.number)
      .print();
  return 1;
}

[[gnu::noinline]] int32_t measure_counts() {
  INKLING_MARK_BEGIN(2);
  Interpreter net({model, kModelBytes}, arena, kOperators);
  INKLING_MARK_END(2);
  if (net.status() != Status::ok) return report(net.failure());
  Line("arena ").number(static_cast<uint32_t>(net.arena_used())).print();

  fill_inputs(net);
  INKLING_MARK_BEGIN(0);
  const Status status = net.invoke();
  INKLING_MARK_END(0);
  if (status != Status::ok) return report(net.failure());
  const Tensor output = net.output(0);
  Line("output ").hex(fnv1a(output.as<uint8_t>(), output.n_bytes)).print();

  Context context;
  net.reset();
  fill_inputs(net);
  net.observe(observe, &context);
  return net.invoke() == Status::ok ? 0 : 1;
}

}  // namespace
}  // namespace inkling::bench

int main() {
  const int32_t status = inkling::bench::measure_counts();
  if (status == 0) inkling::bench::measure_stack();
  return status;
}
