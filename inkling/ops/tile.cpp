// TILE of any type: the input repeated along each axis as often as the constant input 1 says.
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
  Indices multiples;
  TRY(constant_indices(c, c.input(1), rank, &multiples));
  if (output.shape.size != rank)
    return c.fail(Status::bad_shape, "input and output differ in rank", output.shape.size, rank);
  for (int32_t i = 0; i < rank; ++i)
    if (multiples[i] < 0 || int64_t{multiples[i]} * input.shape[i] != output.shape[i])
      return c.fail(Status::bad_shape, "the output is not the input's multiple", output.shape[i],
                    multiples[i]);
  if (output.n_elements == 0) return run_nothing(c);
  const Strides from(input.shape, element_bytes), to(output.shape, element_bytes);
  CopyPlan plan(element_bytes);
  for (int32_t i = 0; i < rank; ++i) {
    plan.add(multiples[i], 0, to.of[i] * input.shape[i]);
    plan.add(input.shape[i], from.of[i], to.of[i]);
  }
  return run_copy(c, &plan);
}

}  // namespace

const Op tile = {"TILE", 69, prepare};
const Op int8::tile = {"TILE", 69, prepare};
const Op int16::tile = {"TILE", 69, prepare};
const Op float32::tile = {"TILE", 69, prepare};

}  // namespace inkling::ops
