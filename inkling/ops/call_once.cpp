// CALL_ONCE: runs a subgraph the first time only, to give resource variables their first values. A reset
// counts as new.
#include "inkling/core/runtime.h"
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/subgraphs.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { init_subgraph };

void eval(const void* params, const Io& io) {
  auto* done = io.scratch<uint8_t>();
  if (*done) return;
  *done = 1;
  io.runtime->run(static_cast<const CountParams*>(params)->n);
}

Status prepare(Prepare& c) {
  TRY(c.expect(0, 0, 0));
  auto& p = c.params<CountParams>();
  p.n = c.option<int32_t>(init_subgraph, 0);
  TRY(expect_subgraph(c, p.n, 0, true));
  c.take_state(1);
  return c.run_with<eval>();
}

constexpr Op kOp = {"CALL_ONCE", 129, prepare};

}  // namespace

const Op call_once = kOp;
const Op int8::call_once = kOp;
const Op int16::call_once = kOp;
const Op float32::call_once = kOp;

}  // namespace inkling::ops
