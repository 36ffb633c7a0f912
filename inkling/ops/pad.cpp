// PAD of any type: the input with zeros around it.
#include "inkling/prepare/pad.h"

#include "inkling/ops.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  return prepare_pad(c);
}

}  // namespace

const Op pad = {"PAD", 34, prepare};
const Op int8::pad = {"PAD", 34, prepare};
const Op int16::pad = {"PAD", 34, prepare};
const Op float32::pad = {"PAD", 34, prepare};

}  // namespace inkling::ops
