// RELU_N1_TO_1: int8 and int16 (rescaling from the input's quantization to the output's), float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
Status prepare(Prepare& c) {
  return prepare_limit<types>(c, {-1.0f, 1.0f});
}

}  // namespace

const Op relu_n1_to_1 = {"RELU_N1_TO_1", 20, prepare<Types::any>};
const Op int8::relu_n1_to_1 = {"RELU_N1_TO_1", 20, prepare<Types::int8>};
const Op int16::relu_n1_to_1 = {"RELU_N1_TO_1", 20, prepare<Types::int16>};
const Op float32::relu_n1_to_1 = {"RELU_N1_TO_1", 20, prepare<Types::float32>};

}  // namespace inkling::ops
