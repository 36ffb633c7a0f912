// LOG, the natural logarithm: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_float_map<types, log_float>;

}  // namespace

const Op log = {"LOG", 73, prepare<Types::any>};
const Op int8::log = {"LOG", 73, prepare<Types::int8>};
const Op int16::log = {"LOG", 73, prepare<Types::int16>};
const Op float32::log = {"LOG", 73, prepare<Types::float32>};

}  // namespace inkling::ops
