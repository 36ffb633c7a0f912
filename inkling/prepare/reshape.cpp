// A copy of all bytes.
#include "inkling/prepare/reshape.h"

namespace inkling {
Status prepare_reshape(Prepare& c) {
  const Tensor input = c.input(0), output = c.output(0);
  if (output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  if (output.n_elements != input.n_elements)
    return c.fail(Status::bad_shape, "input and output differ in size", output.n_elements, input.n_elements);
  c.params<CountParams>() = {input.n_bytes};
  c.share(0, Lead(0));
  return c.run_with<eval_reshape>();
}

}  // namespace inkling
