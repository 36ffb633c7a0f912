// ARG_MIN: int8, int16, float32, uint8, boolean, int32; indices are int32 or int64.
#include "inkling/ops.h"
#include "inkling/prepare/arg.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = PrepareArg<types, false>::prepare;

}  // namespace

const Op arg_min = {"ARG_MIN", 79, prepare<Types::any>};
const Op int8::arg_min = {"ARG_MIN", 79, prepare<Types::int8>};
const Op int16::arg_min = {"ARG_MIN", 79, prepare<Types::int16>};
const Op float32::arg_min = {"ARG_MIN", 79, prepare<Types::float32>};

}  // namespace inkling::ops
