// The measuring image of the benchmark for a compiled model. Tells and marks what measure.cpp does; the load,
// of which there is none, is an empty region. Operators are run by step(), one at a time.
#include "apps/bench/hash.h"
#include "apps/bench/run_compiled.h"
#include "boards/virtual/line.h"
#include "boards/virtual/markers.h"
#include "boards/virtual/stack.h"

namespace inkling::bench {
namespace {

[[gnu::noinline]] void measure_stack() {
  paint_stack();
  static_cast<void>(run_model());
  Line("stack ").number(stack_used_bytes()).print();
}

[[gnu::noinline]] void measure_operators() {
  compiled::reset();
  fill_inputs();
  for (int32_t i = 0; i < kNSteps; ++i) {
    INKLING_MARK_BEGIN(1);
    compiled::step();
    INKLING_MARK_END(1);
    const compiled::StepOutput& output = compiled::step_outputs[i];
    Line("op ")
        .number(static_cast<uint32_t>(i))
        .text(" ")
        .hex(fnv1a(static_cast<const uint8_t*>(output.data), output.n_bytes))
        .print();
  }
}

[[gnu::noinline]] void measure_counts() {
  INKLING_MARK_BEGIN(2);
  compiled::reset();
  INKLING_MARK_END(2);
  Line("arena ").number(static_cast<uint32_t>(compiled::arena_bytes)).print();

  fill_inputs();
  INKLING_MARK_BEGIN(0);
  compiled::invoke();
  INKLING_MARK_END(0);
  Line("output ")
      .hex(fnv1a(reinterpret_cast<const uint8_t*>(compiled::output<0>().data), kOutputBytes))
      .print();
}

}  // namespace
}  // namespace inkling::bench

int main() {
  inkling::bench::measure_counts();
  inkling::bench::measure_operators();
  inkling::bench::measure_stack();
  return 0;
}
