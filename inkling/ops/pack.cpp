// PACK of any type: the inputs become the indices of a new axis.
#include "inkling/ops.h"
#include "inkling/prepare/parts.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { values_count, axis };

Status prepare(Prepare& c) {
  TRY(c.expect(c.n_inputs(), c.n_inputs(), 1));
  return prepare_join(c, c.option<int32_t>(axis, 0), true);
}

}  // namespace

const Op pack = {"PACK", 83, prepare};
const Op int8::pack = {"PACK", 83, prepare};
const Op int16::pack = {"PACK", 83, prepare};
const Op float32::pack = {"PACK", 83, prepare};

}  // namespace inkling::ops
