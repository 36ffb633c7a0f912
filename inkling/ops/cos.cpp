// COS of radians: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_float_map<types, cos_float>;

}  // namespace

const Op cos = {"COS", 108, prepare<Types::any>};
const Op int8::cos = {"COS", 108, prepare<Types::int8>};
const Op int16::cos = {"COS", 108, prepare<Types::int16>};
const Op float32::cos = {"COS", 108, prepare<Types::float32>};

}  // namespace inkling::ops
