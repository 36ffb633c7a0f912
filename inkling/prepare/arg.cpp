// One constant axis; indices of either width.
#include "inkling/prepare/arg.h"

#include "inkling/prepare/indices.h"

namespace inkling {

Status prepare_arg(Prepare& c, ArgParams* params) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), output = c.output(0);
  TRY(require_index_type(c, output));
  int32_t axis = 0, n_reduced = 0;
  TRY(constant_axis(c, c.input(1), input.shape.size, &axis));
  TRY(prepare_reduction(c, &params->shape, &n_reduced));
  if (n_reduced == 0 && output.n_elements > 0)
    return c.fail(Status::bad_shape, "the axis has no elements", 0, 1);
  params->n = output.n_elements;
  params->is_int64 = output.type == Type::int64;
  return Status::ok;
}

}  // namespace inkling
