// RELU_0_TO_1: int8 and int16 (rescaling from the input's quantization to the output's), float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
Status prepare(Prepare& c) {
  return prepare_limit<types>(c, {0.0f, 1.0f});
}

}  // namespace

const Op relu_0_to_1 = {"RELU_0_TO_1", 152, prepare<Types::any>};
const Op int8::relu_0_to_1 = {"RELU_0_TO_1", 152, prepare<Types::int8>};
const Op int16::relu_0_to_1 = {"RELU_0_TO_1", 152, prepare<Types::int16>};
const Op float32::relu_0_to_1 = {"RELU_0_TO_1", 152, prepare<Types::float32>};

}  // namespace inkling::ops
