// READ_VARIABLE: copies a resource variable's bytes, whatever their type, to a tensor.
#include "inkling/core/memory.h"
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/resources.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  move_bytes(io.out<void>(0), io.in<void>(0), static_cast<const CountParams*>(params)->n);
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  TRY(expect_handle(c, c.op().input(0), c.output(0)));
  c.params<CountParams>() = {c.output(0).n_bytes};
  return c.run_with<eval>();
}

constexpr Op kOp = {"READ_VARIABLE", 143, prepare};

}  // namespace

const Op read_variable = kOp;
const Op int8::read_variable = kOp;
const Op int16::read_variable = kOp;
const Op float32::read_variable = kOp;

}  // namespace inkling::ops
