// REDUCE_MIN: int8, int16, float32, uint8, int32.
#include "inkling/ops.h"
#include "inkling/prepare/reduce.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = PrepareExtreme<types, MinReducer>::prepare;

}  // namespace

const Op reduce_min = {"REDUCE_MIN", 89, prepare<Types::any>};
const Op int8::reduce_min = {"REDUCE_MIN", 89, prepare<Types::int8>};
const Op int16::reduce_min = {"REDUCE_MIN", 89, prepare<Types::int16>};
const Op float32::reduce_min = {"REDUCE_MIN", 89, prepare<Types::float32>};

}  // namespace inkling::ops
