// SUM: int8 and int16 quantized, float32, int32.
#include "inkling/ops.h"
#include "inkling/prepare/reduce.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = PrepareSum<types, false>::prepare;

}  // namespace

const Op sum = {"SUM", 74, prepare<Types::any>};
const Op int8::sum = {"SUM", 74, prepare<Types::int8>};
const Op int16::sum = {"SUM", 74, prepare<Types::int16>};
const Op float32::sum = {"SUM", 74, prepare<Types::float32>};

}  // namespace inkling::ops
