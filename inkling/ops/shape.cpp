// SHAPE of a tensor of any type, as int32 or int64.
#include "inkling/ops.h"
#include "inkling/prepare/constants.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  return prepare_constants(c, c.input(0).shape);
}

}  // namespace

const Op shape = {"SHAPE", 77, prepare};
const Op int8::shape = {"SHAPE", 77, prepare};
const Op int16::shape = {"SHAPE", 77, prepare};
const Op float32::shape = {"SHAPE", 77, prepare};

}  // namespace inkling::ops
