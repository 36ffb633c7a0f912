// QUANTIZE: float32 to int8, uint8 and int16, and between int8, uint8, int16, int32.
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <class Out>
void eval_float(const void* params, const Io& io) {
  quantize_all(*static_cast<const AffineParams*>(params), io.in<float>(0), io.out<Out>(0));
}

template <class In, class Out>
void eval_integer(const void* params, const Io& io) {
  requantize_all<Arch>(*static_cast<const RequantizeParams*>(params), io.in<In>(0), io.out<Out>(0));
}

// Pairs of types as one number, for a switch.
constexpr int32_t pair(Type from, Type to) {
  return static_cast<int32_t>(from) << 8 | static_cast<int32_t>(to);
}

Kernel integer_kernel(Type from, Type to) {
  switch (pair(from, to)) {
    case pair(Type::int8, Type::int8):
      return kernel<eval_integer<int8_t, int8_t>>;
    case pair(Type::int8, Type::uint8):
      return kernel<eval_integer<int8_t, uint8_t>>;
    case pair(Type::uint8, Type::int8):
      return kernel<eval_integer<uint8_t, int8_t>>;
    case pair(Type::uint8, Type::uint8):
      return kernel<eval_integer<uint8_t, uint8_t>>;
    case pair(Type::int8, Type::int16):
      return kernel<eval_integer<int8_t, int16_t>>;
    case pair(Type::int8, Type::int32):
      return kernel<eval_integer<int8_t, int32_t>>;
    case pair(Type::int16, Type::int8):
      return kernel<eval_integer<int16_t, int8_t>>;
    case pair(Type::int16, Type::int16):
      return kernel<eval_integer<int16_t, int16_t>>;
    case pair(Type::int16, Type::int32):
      return kernel<eval_integer<int16_t, int32_t>>;
    case pair(Type::int32, Type::int8):
      return kernel<eval_integer<int32_t, int8_t>>;
    case pair(Type::int32, Type::int16):
      return kernel<eval_integer<int32_t, int16_t>>;
    default:
      return {};
  }
}

// int8 programs carry float32 <-> int8, the ends of a quantized model, and int8 <-> int8.
template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, false));
  const Tensor input = c.input(0), output = c.output(0);
  TRY(require_quantized(c, output));
  if (output.per_channel())
    return c.fail(Status::bad_value, "the output is quantized per channel", output.scales.size, 1);
  const bool to_int8 = types != Types::int16 && output.type == Type::int8;
  const bool to_int16 = types != Types::int8 && output.type == Type::int16;
  const bool to_uint8 = types == Types::any && output.type == Type::uint8;
  if (input.type == Type::float32 && (to_int8 || to_int16 || to_uint8)) {
    const Range range = range_of(output.type);
    c.params<AffineParams>() = {input.n_elements, output.scale(), output.zero_point(), range.low, range.high};
    return to_int8    ? c.run_with<eval_float<int8_t>>()
           : to_int16 ? c.run_with<eval_float<int16_t>>()
                      : c.run_with<eval_float<uint8_t>>();
  }
  Kernel eval;
  if constexpr (types == Types::any) {
    eval = integer_kernel(input.type, output.type);
  } else if constexpr (types == Types::int8) {
    if (input.type == Type::int8 && output.type == Type::int8) eval = kernel<eval_integer<int8_t, int8_t>>;
  } else if constexpr (types == Types::int16) {
    if (input.type == Type::int16 && output.type == Type::int16)
      eval = kernel<eval_integer<int16_t, int16_t>>;
  }
  if (!eval) return c.no_kernel(input.type);
  TRY(prepare_requantize(c, input, output, &c.params<RequantizeParams>()));
  return c.run_with(eval);
}

}  // namespace

const Op quantize = {"QUANTIZE", 114, prepare<Types::any>};
const Op int8::quantize = {"QUANTIZE", 114, prepare<Types::int8>};
const Op int16::quantize = {"QUANTIZE", 114, prepare<Types::int16>};
const Op float32::quantize = {"QUANTIZE", 114, prepare<Types::float32>};

}  // namespace inkling::ops
