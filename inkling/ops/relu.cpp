// RELU: int8 and int16 (rescaling from the input's quantization to the output's), float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
Status prepare(Prepare& c) {
  return prepare_limit<types>(c, {0.0f, __builtin_inff()});
}

}  // namespace

const Op relu = {"RELU", 19, prepare<Types::any>};
const Op int8::relu = {"RELU", 19, prepare<Types::int8>};
const Op int16::relu = {"RELU", 19, prepare<Types::int16>};
const Op float32::relu = {"RELU", 19, prepare<Types::float32>};

}  // namespace inkling::ops
