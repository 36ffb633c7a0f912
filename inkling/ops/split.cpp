// SPLIT of any type: input 1 into outputs along the axis that input 0 names. The outputs' shapes say how long
// each is.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/parts.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, c.n_outputs()));
  Indices axis;
  TRY(constant_indices(c, c.input(0), 1, &axis));
  return prepare_split(c, 1, axis[0], false);
}

}  // namespace

const Op split = {"SPLIT", 49, prepare};
const Op int8::split = {"SPLIT", 49, prepare};
const Op int16::split = {"SPLIT", 49, prepare};
const Op float32::split = {"SPLIT", 49, prepare};

}  // namespace inkling::ops
