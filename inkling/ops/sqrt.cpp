// SQRT: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_float_map<types, square_root_float>;

}  // namespace

const Op sqrt = {"SQRT", 75, prepare<Types::any>};
const Op int8::sqrt = {"SQRT", 75, prepare<Types::int8>};
const Op int16::sqrt = {"SQRT", 75, prepare<Types::int16>};
const Op float32::sqrt = {"SQRT", 75, prepare<Types::float32>};

}  // namespace inkling::ops
