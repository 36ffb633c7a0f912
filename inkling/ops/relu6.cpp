// RELU6: int8 and int16 (input and output share their quantization), float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  const Tensor input = c.input(0);
  const bool is_int8 = carries(types, Type::int8) && input.type == Type::int8;
  if (is_int8 || (carries(types, Type::int16) && input.type == Type::int16)) {
    TRY(require_quantized(c, input));
    const Range range = narrow(range_of(input.type), {0.0f, 6.0f}, input);
    c.params<ClampParams<int32_t>>() = {input.n_elements, range.low, range.high};
    return is_int8 ? c.run_with<eval_clamp<int8_t, int32_t>>() : c.run_with<eval_clamp<int16_t, int32_t>>();
  }
  return prepare_limit<types>(c, {0.0f, 6.0f});
}

}  // namespace

const Op relu6 = {"RELU6", 21, prepare<Types::any>};
const Op int8::relu6 = {"RELU6", 21, prepare<Types::int8>};
const Op int16::relu6 = {"RELU6", 21, prepare<Types::int16>};
const Op float32::relu6 = {"RELU6", 21, prepare<Types::float32>};

}  // namespace inkling::ops
