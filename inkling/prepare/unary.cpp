// The checks of unary operators.
#include "inkling/prepare/unary.h"

namespace inkling {

Status expect_unary(Prepare& c, bool same_type) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (same_type && output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  if (output.n_elements != input.n_elements)
    return c.fail(Status::bad_shape, "input and output differ in size", output.n_elements, input.n_elements);
  return Status::ok;
}

}  // namespace inkling
