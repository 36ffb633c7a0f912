// BROADCAST_TO of any type: dimensions of 1, and those that the input lacks in front, are repeated.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), shape = c.input(1), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  TRY(require_index_type(c, shape));
  const int32_t rank = output.shape.size, missing = rank - input.shape.size;
  if (shape.shape.size != 1 || shape.n_elements != rank)
    return c.fail(Status::bad_shape, "the shape must be a vector of the output's rank", shape.n_elements,
                  rank);
  if (missing < 0)
    return c.fail(Status::bad_shape, "the output's rank is below the input's", rank, input.shape.size);
  for (int32_t i = missing; i < rank; ++i) {
    const int32_t dim = input.shape[i - missing];
    if (dim != 1 && dim != output.shape[i])
      return c.fail(Status::bad_shape, "the input does not broadcast to the output", dim, output.shape[i]);
  }
  if (output.n_elements == 0) return run_nothing(c);
  const Strides from(input.shape, element_bytes), to(output.shape, element_bytes);
  CopyPlan plan(element_bytes);
  for (int32_t i = 0; i < rank; ++i) {
    const bool repeated = i < missing || input.shape[i - missing] == 1;
    plan.add(output.shape[i], repeated ? 0 : from.of[i - missing], to.of[i]);
  }
  return run_copy(c, &plan);
}

}  // namespace

const Op broadcast_to = {"BROADCAST_TO", 130, prepare};
const Op int8::broadcast_to = {"BROADCAST_TO", 130, prepare};
const Op int16::broadcast_to = {"BROADCAST_TO", 130, prepare};
const Op float32::broadcast_to = {"BROADCAST_TO", 130, prepare};

}  // namespace inkling::ops
