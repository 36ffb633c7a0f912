// TRANSPOSE of any type.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), output = c.output(0);
  const int32_t rank = input.shape.size;
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  Indices permutation;
  TRY(constant_indices(c, c.input(1), rank, &permutation));
  if (output.shape.size != rank)
    return c.fail(Status::bad_shape, "input and output differ in rank", output.shape.size, rank);
  uint32_t seen = 0;
  for (int32_t i = 0; i < rank; ++i) {
    int32_t from = 0;
    TRY(resolve_axis(c, permutation[i], rank, &from));
    if (seen >> from & 1) return c.fail(Status::bad_value, "an axis is named twice", from, i);
    seen |= uint32_t{1} << from;
    if (output.shape[i] != input.shape[from])
      return c.fail(Status::bad_shape, "the output is not the input transposed", output.shape[i],
                    input.shape[from]);
  }
  if (output.n_elements == 0) return run_nothing(c);
  const Strides from(input.shape, element_bytes), to(output.shape, element_bytes);
  CopyPlan plan(element_bytes);
  for (int32_t i = 0; i < rank; ++i) {
    int32_t axis = 0;
    TRY(resolve_axis(c, permutation[i], rank, &axis));
    plan.add(output.shape[i], from.of[axis], to.of[i]);
  }
  return run_copy(c, &plan);
}

}  // namespace

const Op transpose = {"TRANSPOSE", 39, prepare};
const Op int8::transpose = {"TRANSPOSE", 39, prepare};
const Op int16::transpose = {"TRANSPOSE", 39, prepare};
const Op float32::transpose = {"TRANSPOSE", 39, prepare};

}  // namespace inkling::ops
