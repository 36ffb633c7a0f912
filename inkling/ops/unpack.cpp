// UNPACK of any type: each index of an axis becomes an output.
#include "inkling/ops.h"
#include "inkling/prepare/parts.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { num, axis };

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, c.n_outputs()));
  return prepare_split(c, 0, c.option<int32_t>(axis, 0), true);
}

}  // namespace

const Op unpack = {"UNPACK", 88, prepare};
const Op int8::unpack = {"UNPACK", 88, prepare};
const Op int16::unpack = {"UNPACK", 88, prepare};
const Op float32::unpack = {"UNPACK", 88, prepare};

}  // namespace inkling::ops
