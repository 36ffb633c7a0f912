// PADV2 of any type: the input with the scalar of input 2 around it.
#include "inkling/ops.h"
#include "inkling/prepare/pad.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  return prepare_pad(c);
}

}  // namespace

const Op padv2 = {"PADV2", 60, prepare};
const Op int8::padv2 = {"PADV2", 60, prepare};
const Op int16::padv2 = {"PADV2", 60, prepare};
const Op float32::padv2 = {"PADV2", 60, prepare};

}  // namespace inkling::ops
