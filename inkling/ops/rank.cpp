// RANK of a tensor of any type: how many dimensions it has, as int32 or int64.
#include "inkling/ops.h"
#include "inkling/prepare/constants.h"

namespace inkling::ops {
namespace {

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  const int32_t rank = c.input(0).shape.size;
  return prepare_constants(c, {&rank, 1});
}

}  // namespace

const Op rank = {"RANK", 110, prepare};
const Op int8::rank = {"RANK", 110, prepare};
const Op int16::rank = {"RANK", 110, prepare};
const Op float32::rank = {"RANK", 110, prepare};

}  // namespace inkling::ops
