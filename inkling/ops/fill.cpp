// FILL of any type: every element of the output becomes the scalar of input 1.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor shape = c.input(0), value = c.input(1), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, value, output, &element_bytes));
  TRY(require_index_type(c, shape));
  if (value.n_elements != 1)
    return c.fail(Status::bad_shape, "the value must be one element", value.n_elements, 1);
  if (shape.n_elements != output.shape.size)
    return c.fail(Status::bad_shape, "the shape does not have the output's rank", shape.n_elements,
                  output.shape.size);
  if (shape.is_constant) {
    Indices dims;
    TRY(constant_indices(c, shape, &dims));
    for (int32_t i = 0; i < dims.size; ++i)
      if (dims[i] != output.shape[i])
        return c.fail(Status::bad_shape, "the output does not have the shape asked for", output.shape[i],
                      dims[i]);
  }
  CopyPlan plan(element_bytes);
  plan.add(output.n_elements, 0, element_bytes);
  return run_copy(c, &plan, 1);
}

}  // namespace

const Op fill = {"FILL", 94, prepare};
const Op int8::fill = {"FILL", 94, prepare};
const Op int16::fill = {"FILL", 94, prepare};
const Op float32::fill = {"FILL", 94, prepare};

}  // namespace inkling::ops
