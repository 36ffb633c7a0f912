// REVERSE_V2 of any type: one or more axes run backwards.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  if (!equal(input.shape, output.shape))
    return c.fail(Status::bad_shape, "input and output differ in shape", output.n_elements, input.n_elements);
  Indices axes;
  TRY(constant_indices(c, c.input(1), &axes));
  uint32_t reversed = 0;
  for (int32_t i = 0; i < axes.size; ++i) {
    int32_t axis = 0;
    TRY(resolve_axis(c, axes[i], input.shape.size, &axis));
    reversed |= uint32_t{1} << axis;
  }
  if (output.n_elements == 0) return run_nothing(c);
  const Strides strides(input.shape, element_bytes);
  CopyPlan plan(element_bytes);
  for (int32_t i = 0; i < input.shape.size; ++i) {
    const int32_t n = input.shape[i], stride = strides.of[i];
    const bool backwards = reversed >> i & 1;
    if (backwards) plan.from_first += (n - 1) * stride;
    plan.add(n, backwards ? -stride : stride, stride);
  }
  return run_copy(c, &plan);
}

}  // namespace

const Op reverse_v2 = {"REVERSE_V2", 105, prepare};
const Op int8::reverse_v2 = {"REVERSE_V2", 105, prepare};
const Op int16::reverse_v2 = {"REVERSE_V2", 105, prepare};
const Op float32::reverse_v2 = {"REVERSE_V2", 105, prepare};

}  // namespace inkling::ops
