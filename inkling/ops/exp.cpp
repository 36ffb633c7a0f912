// EXP: float32, int8.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_map<types, exp_float>;

}  // namespace

const Op exp = {"EXP", 47, prepare<Types::any>};
const Op int8::exp = {"EXP", 47, prepare<Types::int8>};
const Op int16::exp = {"EXP", 47, prepare<Types::int16>};
const Op float32::exp = {"EXP", 47, prepare<Types::float32>};

}  // namespace inkling::ops
