// SIN of radians: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_float_map<types, sin_float>;

}  // namespace

const Op sin = {"SIN", 66, prepare<Types::any>};
const Op int8::sin = {"SIN", 66, prepare<Types::int8>};
const Op int16::sin = {"SIN", 66, prepare<Types::int16>};
const Op float32::sin = {"SIN", 66, prepare<Types::float32>};

}  // namespace inkling::ops
