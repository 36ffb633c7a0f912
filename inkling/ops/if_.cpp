// IF: runs one of two subgraphs on the inputs behind the condition.
#include "inkling/kernels/subgraphs.h"
#include "inkling/ops.h"
#include "inkling/prepare/subgraphs.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { then_subgraph, else_subgraph };

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const TwoSubgraphsParams*>(params);
  const int32_t chosen = *io.in<uint8_t>(0) ? p.first : p.second;
  const Graph& graph = io.runtime->graphs[chosen];
  copy_operands(io.slots + 1, graph.inputs());
  io.runtime->run(chosen);
  copy_operands(graph.outputs(), io.slots + io.n_inputs);
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, kMaxOperands, c.n_outputs()));
  TRY(expect_condition(c, c.input(0)));
  auto& p = c.params<TwoSubgraphsParams>();
  p.first = c.option<int32_t>(then_subgraph, 0);
  p.second = c.option<int32_t>(else_subgraph, 0);
  TRY(expect_subgraph(c, p.first, 1, true));
  TRY(expect_subgraph(c, p.second, 1, true));
  return c.run_with<eval>();
}

constexpr Op kOp = {"IF", 118, prepare};

}  // namespace

const Op if_ = kOp;
const Op int8::if_ = kOp;
const Op int16::if_ = kOp;
const Op float32::if_ = kOp;

}  // namespace inkling::ops
