// GREATER with broadcasting: int8, uint8 and int16 with or without quantization, int32, int64, float32.
#include "inkling/ops.h"
#include "inkling/prepare/comparison.h"

namespace inkling::ops {
namespace {

template <Types types>
Status prepare(Prepare& c) {
  return prepare_comparison<types>(c, kGreater);
}

}  // namespace

const Op greater = {"GREATER", 61, prepare<Types::any>};
const Op int8::greater = {"GREATER", 61, prepare<Types::int8>};
const Op int16::greater = {"GREATER", 61, prepare<Types::int16>};
const Op float32::greater = {"GREATER", 61, prepare<Types::float32>};

}  // namespace inkling::ops
