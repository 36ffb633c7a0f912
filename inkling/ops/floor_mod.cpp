// FLOOR_MOD with broadcasting, with the sign of the divisor: int32, float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_plain_binary<types, FloorRemainder, float, int32_t>;

}  // namespace

const Op floor_mod = {"FLOOR_MOD", 95, prepare<Types::any>};
const Op int8::floor_mod = {"FLOOR_MOD", 95, prepare<Types::int8>};
const Op int16::floor_mod = {"FLOOR_MOD", 95, prepare<Types::int16>};
const Op float32::floor_mod = {"FLOOR_MOD", 95, prepare<Types::float32>};

}  // namespace inkling::ops
