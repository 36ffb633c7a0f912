// SPLIT_V of any type: input 0 into outputs along the axis that input 2 names. The outputs' shapes say how
// long each is; they agree with the sizes of input 1 in every model that a converter writes.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/parts.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(3, 3, c.n_outputs()));
  TRY(require_index_type(c, c.input(1)));
  if (c.input(1).n_elements != c.n_outputs())
    return c.fail(Status::bad_shape, "the sizes are not as many as the outputs", c.input(1).n_elements,
                  c.n_outputs());
  Indices axis;
  TRY(constant_indices(c, c.input(2), 1, &axis));
  return prepare_split(c, 0, axis[0], false);
}

}  // namespace

const Op split_v = {"SPLIT_V", 102, prepare};
const Op int8::split_v = {"SPLIT_V", 102, prepare};
const Op int16::split_v = {"SPLIT_V", 102, prepare};
const Op float32::split_v = {"SPLIT_V", 102, prepare};

}  // namespace inkling::ops
