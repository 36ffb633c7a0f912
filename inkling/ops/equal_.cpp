// EQUAL with broadcasting: bool, int8, uint8 and int16 with or without quantization, int32, int64, float32.
#include "inkling/ops.h"
#include "inkling/prepare/comparison.h"

namespace inkling::ops {
namespace {

template <Types types>
Status prepare(Prepare& c) {
  return prepare_comparison<types>(c, kEqual);
}

}  // namespace

const Op equal_ = {"EQUAL", 71, prepare<Types::any>};
const Op int8::equal_ = {"EQUAL", 71, prepare<Types::int8>};
const Op int16::equal_ = {"EQUAL", 71, prepare<Types::int16>};
const Op float32::equal_ = {"EQUAL", 71, prepare<Types::float32>};

}  // namespace inkling::ops
