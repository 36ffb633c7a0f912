// SELECT: as SELECT_V2; a condition of rank 1 also chooses whole slices of the first dimension.
#include "inkling/prepare/select.h"

#include "inkling/ops.h"

namespace inkling::ops {
namespace {

// Condition [n], values [n, ...]: n rows of one element of the condition each.
Status prepare(Prepare& c) {
  TRY(expect_select(c));
  const Tensor condition = c.input(0), x = c.input(1), y = c.input(2), output = c.output(0);
  if (condition.shape.size != 1 || x.shape.size < 2 || condition.dim(0) != x.dim(0) || x.n_elements == 0)
    return prepare_select(c);
  if (!equal(x.shape, y.shape) || output.n_elements != x.n_elements)
    return c.fail(Status::bad_shape, "the values' shapes differ", y.n_elements, x.n_elements);
  c.params<Broadcast>() = {{x.dim(0), x.n_elements / x.dim(0)}, 2, {1, 3, 3}};
  return run_select(c);
}

}  // namespace

const Op select = {"SELECT", 64, prepare};
const Op int8::select = {"SELECT", 64, prepare};
const Op int16::select = {"SELECT", 64, prepare};
const Op float32::select = {"SELECT", 64, prepare};

}  // namespace inkling::ops
