// WHILE: runs a body as long as a condition holds. Data goes round: inputs, condition, body, condition, ...,
// outputs.
#include "inkling/kernels/subgraphs.h"
#include "inkling/ops.h"
#include "inkling/prepare/subgraphs.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { condition_subgraph, body_subgraph };

bool holds(const Operand& condition) {
  return condition.data && *static_cast<const uint8_t*>(condition.data);
}

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const TwoSubgraphsParams*>(params);
  Runtime& runtime = *io.runtime;
  const Graph &condition = runtime.graphs[p.first], &body = runtime.graphs[p.second];
  copy_operands(io.slots, condition.inputs());
  copy_operands(io.slots, body.inputs());
  for (bool first = true;; first = false) {
    runtime.run(p.first);
    if (runtime.stopped || !holds(condition.outputs()[0])) break;
    if (!first) copy_operands(body.outputs(), body.inputs());
    runtime.run(p.second);
    copy_operands(body.outputs(), condition.inputs());
    copy_operands(body.outputs(), io.slots + io.n_inputs);
  }
}

// With no turn the outputs are the inputs.
void eval_from_inputs(const void* params, const Io& io) {
  const auto& body = io.runtime->graphs[static_cast<const TwoSubgraphsParams*>(params)->second];
  for (int32_t i = 0; i < io.n_inputs; ++i)
    move_bytes(io.out<void>(i), io.slots[i], body.outputs()[i].n_bytes);
  eval(params, io);
}

Status prepare(Prepare& c) {
  TRY(c.expect(0, kMaxOperands, c.n_inputs()));
  auto& p = c.params<TwoSubgraphsParams>();
  p.first = c.option<int32_t>(condition_subgraph, 0);
  p.second = c.option<int32_t>(body_subgraph, 0);
  TRY(expect_subgraph(c, p.first, 0, false));
  TRY(expect_subgraph(c, p.second, 0, true));
  for (int32_t i = 0; i < c.n_inputs(); ++i)
    if (c.input(i).n_bytes != c.output(i).n_bytes)
      return c.fail(Status::bad_shape, "an input and its output differ in size", c.output(i).n_bytes,
                    c.input(i).n_bytes);
  const Subgraph condition = c.subgraph(p.first);
  if (condition.outputs().size != 1)
    return c.fail(Status::bad_model, "the condition must have one output", condition.outputs().size, 1);
  TRY(expect_condition(c, condition.tensor(condition.outputs().get<int32_t>(0))));
  return c.run_with<eval_from_inputs>();
}

constexpr Op kOp = {"WHILE", 119, prepare};

}  // namespace

const Op while_ = kOp;
const Op int8::while_ = kOp;
const Op int16::while_ = kOp;
const Op float32::while_ = kOp;

}  // namespace inkling::ops
