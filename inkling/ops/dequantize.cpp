// DEQUANTIZE: int8, uint8, int16 and float16 to float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <class In>
void eval(const void* params, const Io& io) {
  dequantize_all(*static_cast<const AffineParams*>(params), io.in<In>(0), io.out<float>(0));
}

void eval_float16(const void* params, const Io& io) {
  const int32_t n = static_cast<const CountParams*>(params)->n;
  for (int32_t i = 0; i < n; ++i) io.out<float>(0)[i] = float_from_half(io.in<uint16_t>(0)[i]);
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, false));
  const Tensor input = c.input(0), output = c.output(0);
  if (output.type != Type::float32)
    return c.fail(Status::bad_type, "the output must be float32", static_cast<int32_t>(output.type), 0);
  if (types != Types::int8 && types != Types::int16 && input.type == Type::float16) {
    c.params<CountParams>() = {input.n_elements};
    return c.run_with<eval_float16>();
  }
  TRY(require_quantized(c, input));
  if (input.per_channel())
    return c.fail(Status::bad_value, "the input is quantized per channel", input.scales.size, 1);
  c.params<AffineParams>() = {input.n_elements, input.scale(), input.zero_point(), 0, 0};
  if (types != Types::int16 && input.type == Type::int8) return c.run_with<eval<int8_t>>();
  if (types != Types::int8 && input.type == Type::int16) return c.run_with<eval<int16_t>>();
  if (types == Types::any && input.type == Type::uint8) return c.run_with<eval<uint8_t>>();
  return c.no_kernel(input.type);
}

}  // namespace

const Op dequantize = {"DEQUANTIZE", 6, prepare<Types::any>};
const Op int8::dequantize = {"DEQUANTIZE", 6, prepare<Types::int8>};
const Op int16::dequantize = {"DEQUANTIZE", 6, prepare<Types::int16>};
const Op float32::dequantize = {"DEQUANTIZE", 6, prepare<Types::float32>};

}  // namespace inkling::ops
