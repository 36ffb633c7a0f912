// FLOOR_DIV with broadcasting: int32, float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_plain_binary<types, FloorQuotient, float, int32_t>;

}  // namespace

const Op floor_div = {"FLOOR_DIV", 90, prepare<Types::any>};
const Op int8::floor_div = {"FLOOR_DIV", 90, prepare<Types::int8>};
const Op int16::floor_div = {"FLOOR_DIV", 90, prepare<Types::int16>};
const Op float32::floor_div = {"FLOOR_DIV", 90, prepare<Types::float32>};

}  // namespace inkling::ops
