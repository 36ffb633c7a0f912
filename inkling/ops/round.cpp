// ROUND to the nearest, halves to even: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_float_map<types, round_float>;

}  // namespace

const Op round = {"ROUND", 116, prepare<Types::any>};
const Op int8::round = {"ROUND", 116, prepare<Types::int8>};
const Op int16::round = {"ROUND", 116, prepare<Types::int16>};
const Op float32::round = {"ROUND", 116, prepare<Types::float32>};

}  // namespace inkling::ops
