// SPLIT of any type: input 1 into outputs along the axis that input 0 names. The outputs' shapes say how long
// each is.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/parts.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, c.n_outputs()));
  int32_t along = 0;
  TRY(constant_axis(c, c.input(0), c.input(1).shape.size, &along));
  return prepare_split(c, 1, along, false);
}

}  // namespace

const Op split = {"SPLIT", 49, prepare};
const Op int8::split = {"SPLIT", 49, prepare};
const Op int16::split = {"SPLIT", 49, prepare};
const Op float32::split = {"SPLIT", 49, prepare};

}  // namespace inkling::ops
