// EXPAND_DIMS: any type. A dimension of 1 comes in at the constant axis; the bytes stay the same.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/reshape.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), output = c.output(0);
  const int32_t rank = input.shape.size + 1;
  int32_t axis = 0;
  TRY(constant_axis(c, c.input(1), rank, &axis));
  if (output.shape.size != rank)
    return c.fail(Status::bad_shape, "the output must have one dimension more", output.shape.size, rank);
  for (int32_t i = 0; i < rank; ++i) {
    const int32_t dim = i == axis ? 1 : input.shape[i - (i > axis)];
    if (output.shape[i] != dim)
      return c.fail(Status::bad_shape, "the output is not the expanded input", output.shape[i], dim);
  }
  return prepare_reshape(c);
}

}  // namespace

const Op expand_dims = {"EXPAND_DIMS", 70, prepare};
const Op int8::expand_dims = {"EXPAND_DIMS", 70, prepare};
const Op int16::expand_dims = {"EXPAND_DIMS", 70, prepare};
const Op float32::expand_dims = {"EXPAND_DIMS", 70, prepare};

}  // namespace inkling::ops
