// RELU: int8 and int16 (rescaling from the input's quantization to the output's), float32.
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <class T>
void eval_integer(const void* params, const Io& io) {
  requantize_all<Arch>(*static_cast<const RequantizeParams*>(params), io.in<T>(0), io.out<T>(0));
}

void eval_float(const void* params, const Io& io) {
  clamp_all(*static_cast<const ClampParams<float>*>(params), io.in<float>(0), io.out<float>(0));
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  const Tensor input = c.input(0), output = c.output(0);
  const bool is_int8 = carries(types, Type::int8) && input.type == Type::int8;
  if (is_int8 || (carries(types, Type::int16) && input.type == Type::int16)) {
    auto& p = c.params<RequantizeParams>();
    TRY(prepare_requantize(c, input, output, &p));
    if (p.output_zero_point > p.low) p.low = p.output_zero_point;
    return c.run_with(is_int8 ? eval_integer<int8_t> : eval_integer<int16_t>);
  }
  if (carries(types, Type::float32) && input.type == Type::float32) {
    c.params<ClampParams<float>>() = {input.n_elements, 0.0f, __builtin_inff()};
    return c.run_with(eval_float);
  }
  return c.no_kernel(input.type);
}

}  // namespace

const Op relu = {"RELU", 19, prepare<Types::any>};
const Op int8::relu = {"RELU", 19, prepare<Types::int8>};
const Op int16::relu = {"RELU", 19, prepare<Types::int16>};
const Op float32::relu = {"RELU", 19, prepare<Types::float32>};

}  // namespace inkling::ops
