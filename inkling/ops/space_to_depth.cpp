// SPACE_TO_DEPTH of any type: blocks of pixels become channels.
#include "inkling/ops.h"
#include "inkling/prepare/blocks.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  return prepare_depth(c, false);
}

}  // namespace

const Op space_to_depth = {"SPACE_TO_DEPTH", 26, prepare};
const Op int8::space_to_depth = {"SPACE_TO_DEPTH", 26, prepare};
const Op int16::space_to_depth = {"SPACE_TO_DEPTH", 26, prepare};
const Op float32::space_to_depth = {"SPACE_TO_DEPTH", 26, prepare};

}  // namespace inkling::ops
