// FLOOR: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_float_map<types, floor_float>;

}  // namespace

const Op floor = {"FLOOR", 8, prepare<Types::any>};
const Op int8::floor = {"FLOOR", 8, prepare<Types::int8>};
const Op int16::floor = {"FLOOR", 8, prepare<Types::int16>};
const Op float32::floor = {"FLOOR", 8, prepare<Types::float32>};

}  // namespace inkling::ops
