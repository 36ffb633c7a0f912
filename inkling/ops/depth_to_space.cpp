// DEPTH_TO_SPACE of any type: channels become blocks of pixels.
#include "inkling/ops.h"
#include "inkling/prepare/blocks.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  return prepare_depth(c, true);
}

}  // namespace

const Op depth_to_space = {"DEPTH_TO_SPACE", 5, prepare};
const Op int8::depth_to_space = {"DEPTH_TO_SPACE", 5, prepare};
const Op int16::depth_to_space = {"DEPTH_TO_SPACE", 5, prepare};
const Op float32::depth_to_space = {"DEPTH_TO_SPACE", 5, prepare};

}  // namespace inkling::ops
