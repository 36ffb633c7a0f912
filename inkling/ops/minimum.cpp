// MINIMUM with broadcasting: int8, int16, int32, int64, float32. Quantized values are compared as they are:
// inputs and output share their quantization.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_plain_binary<types, Minimum, int8_t, int16_t, float, int32_t, int64_t>;

}  // namespace

const Op minimum = {"MINIMUM", 57, prepare<Types::any>};
const Op int8::minimum = {"MINIMUM", 57, prepare<Types::int8>};
const Op int16::minimum = {"MINIMUM", 57, prepare<Types::int16>};
const Op float32::minimum = {"MINIMUM", 57, prepare<Types::float32>};

}  // namespace inkling::ops
