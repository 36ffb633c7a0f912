// ASSIGN_VARIABLE: copies a tensor's bytes, whatever their type, to a resource variable.
#include "inkling/core/memory.h"
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/resources.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  move_bytes(io.state<void>(0), io.in<void>(1), static_cast<const CountParams*>(params)->n);
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 0));
  TRY(expect_handle(c, c.op().input(0), c.input(1)));
  c.params<CountParams>() = {c.input(1).n_bytes};
  return c.run_with<eval>();
}

constexpr Op kOp = {"ASSIGN_VARIABLE", 144, prepare};

}  // namespace

const Op assign_variable = kOp;
const Op int8::assign_variable = kOp;
const Op int16::assign_variable = kOp;
const Op float32::assign_variable = kOp;

}  // namespace inkling::ops
