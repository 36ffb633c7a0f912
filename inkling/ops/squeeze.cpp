// SQUEEZE: any type. Dimensions of 1 go; the bytes stay the same.
#include "inkling/ops.h"
#include "inkling/prepare/reshape.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  return prepare_reshape(c);
}

}  // namespace

const Op squeeze = {"SQUEEZE", 43, prepare};
const Op int8::squeeze = {"SQUEEZE", 43, prepare};
const Op int16::squeeze = {"SQUEEZE", 43, prepare};
const Op float32::squeeze = {"SQUEEZE", 43, prepare};

}  // namespace inkling::ops
