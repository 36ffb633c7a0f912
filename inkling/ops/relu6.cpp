// RELU6: int8 and int16 (input and output share their quantization), float32.
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <class T, class Bound>
void eval(const void* params, const Io& io) {
  clamp_all(*static_cast<const ClampParams<Bound>*>(params), io.in<T>(0), io.out<T>(0));
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  const Tensor input = c.input(0);
  const bool is_int8 = carries(types, Type::int8) && input.type == Type::int8;
  if (is_int8 || (carries(types, Type::int16) && input.type == Type::int16)) {
    TRY(require_quantized(c, input));
    Range range;
    TRY(activation_range(c, schema::Activation::relu6, input, &range));
    c.params<ClampParams<int32_t>>() = {input.n_elements, range.low, range.high};
    return c.run_with(is_int8 ? eval<int8_t, int32_t> : eval<int16_t, int32_t>);
  }
  if (carries(types, Type::float32) && input.type == Type::float32) {
    c.params<ClampParams<float>>() = {input.n_elements, 0.0f, 6.0f};
    return c.run_with(eval<float, float>);
  }
  return c.no_kernel(input.type);
}

}  // namespace

const Op relu6 = {"RELU6", 21, prepare<Types::any>};
const Op int8::relu6 = {"RELU6", 21, prepare<Types::int8>};
const Op int16::relu6 = {"RELU6", 21, prepare<Types::int16>};
const Op float32::relu6 = {"RELU6", 21, prepare<Types::float32>};

}  // namespace inkling::ops
