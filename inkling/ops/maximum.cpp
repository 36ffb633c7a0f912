// MAXIMUM with broadcasting: int8, int16, int32, int64, float32. Quantized values are compared as they are:
// inputs and output share their quantization.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = prepare_plain_binary<types, Maximum, int8_t, int16_t, float, int32_t, int64_t>;

}  // namespace

const Op maximum = {"MAXIMUM", 55, prepare<Types::any>};
const Op int8::maximum = {"MAXIMUM", 55, prepare<Types::int8>};
const Op int16::maximum = {"MAXIMUM", 55, prepare<Types::int16>};
const Op float32::maximum = {"MAXIMUM", 55, prepare<Types::float32>};

}  // namespace inkling::ops
