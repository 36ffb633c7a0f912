// ARG_MAX: int8, int16, float32, uint8, boolean, int32; indices are int32 or int64.
#include "inkling/ops.h"
#include "inkling/prepare/arg.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = PrepareArg<types, true>::prepare;

}  // namespace

const Op arg_max = {"ARG_MAX", 56, prepare<Types::any>};
const Op int8::arg_max = {"ARG_MAX", 56, prepare<Types::int8>};
const Op int16::arg_max = {"ARG_MAX", 56, prepare<Types::int16>};
const Op float32::arg_max = {"ARG_MAX", 56, prepare<Types::float32>};

}  // namespace inkling::ops
