// POW with broadcasting: int32 (negative exponents give 0), float32.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_plain_binary<types, Power, float, int32_t>;

}  // namespace

const Op pow = {"POW", 78, prepare<Types::any>};
const Op int8::pow = {"POW", 78, prepare<Types::int8>};
const Op int16::pow = {"POW", 78, prepare<Types::int16>};
const Op float32::pow = {"POW", 78, prepare<Types::float32>};

}  // namespace inkling::ops
