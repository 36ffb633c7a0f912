// TANH: int8, uint8, int16, float32.
#include "inkling/ops.h"
#include "inkling/prepare/sigmoid.h"

namespace inkling::ops {
namespace {

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  return prepare_sigmoid<types, Tanh8, Tanh16, tanh_float>(c, 1);
}

}  // namespace

const Op tanh = {"TANH", 28, prepare<Types::any>};
const Op int8::tanh = {"TANH", 28, prepare<Types::int8>};
const Op int16::tanh = {"TANH", 28, prepare<Types::int16>};
const Op float32::tanh = {"TANH", 28, prepare<Types::float32>};

}  // namespace inkling::ops
