// REDUCE_MAX: int8, int16, float32, uint8, int32.
#include "inkling/ops.h"
#include "inkling/prepare/reduce.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = PrepareExtreme<types, MaxReducer>::prepare;

}  // namespace

const Op reduce_max = {"REDUCE_MAX", 82, prepare<Types::any>};
const Op int8::reduce_max = {"REDUCE_MAX", 82, prepare<Types::int8>};
const Op int16::reduce_max = {"REDUCE_MAX", 82, prepare<Types::int16>};
const Op float32::reduce_max = {"REDUCE_MAX", 82, prepare<Types::float32>};

}  // namespace inkling::ops
