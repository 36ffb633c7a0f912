// CEIL: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_float_map<types, ceil_float>;

}  // namespace

const Op ceil = {"CEIL", 104, prepare<Types::any>};
const Op int8::ceil = {"CEIL", 104, prepare<Types::int8>};
const Op int16::ceil = {"CEIL", 104, prepare<Types::int16>};
const Op float32::ceil = {"CEIL", 104, prepare<Types::float32>};

}  // namespace inkling::ops
