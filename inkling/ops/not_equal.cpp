// NOT_EQUAL with broadcasting: bool, int8, uint8 and int16 with or without quantization, int32, int64,
// float32.
#include "inkling/ops.h"
#include "inkling/prepare/comparison.h"

namespace inkling::ops {
namespace {

template <Types types>
Status prepare(Prepare& c) {
  return prepare_comparison<types>(c, kLess | kGreater | kUnordered);
}

}  // namespace

const Op not_equal = {"NOT_EQUAL", 72, prepare<Types::any>};
const Op int8::not_equal = {"NOT_EQUAL", 72, prepare<Types::int8>};
const Op int16::not_equal = {"NOT_EQUAL", 72, prepare<Types::int16>};
const Op float32::not_equal = {"NOT_EQUAL", 72, prepare<Types::float32>};

}  // namespace inkling::ops
