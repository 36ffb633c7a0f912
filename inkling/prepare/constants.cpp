// Values that are kept in the Params.
#include "inkling/prepare/constants.h"

#include "inkling/prepare/indices.h"

namespace inkling {
Status prepare_constants(Prepare& c, const Shape& values) {
  const Tensor output = c.output(0);
  TRY(require_index_type(c, output));
  if (output.n_elements > values.size)
    return c.fail(Status::bad_shape, "the output has more elements than there are values", output.n_elements,
                  values.size);
  auto& p = c.params<ConstantsParams>();
  p.n = output.n_elements;
  p.words = output.type == Type::int64 ? 2 : 1;
  for (int32_t i = 0; i < p.n; ++i) p.values[i] = values[i];
  return c.run_with<eval_constants>();
}

}  // namespace inkling
