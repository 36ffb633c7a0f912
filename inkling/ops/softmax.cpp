// SOFTMAX over the last dimension: int8 and uint8 to their type or int16, int16, float32.
#include "inkling/kernels/softmax.h"

#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { beta };

template <class In, class Out>
void eval_8(const void* params, const Io& io) {
  softmax_rows<Arch>(*static_cast<const SoftmaxParams*>(params), io.in<In>(0), io.out<Out>(0));
}

void eval_int16(const void* params, const Io& io) {
  softmax_rows_int16<Arch>(*static_cast<const SoftmaxParams*>(params), io.in<int16_t>(0), io.out<int16_t>(0));
}

void eval_float(const void* params, const Io& io) {
  softmax_rows_float(*static_cast<const SoftmaxFloatParams*>(params), io.in<float>(0), io.out<float>(0));
}

// The outputs are probabilities, so their quantization is fixed: 8 bits in steps of 2^-8 from the lowest
// value on; int16 in steps of 2^-16 from the lowest value on, or of 2^-15 from 0 on where the input is int16.
Status check_output(Prepare& c, const Tensor& input, const Tensor& output) {
  const int32_t n_steps = output.type != Type::int16 ? 256 : input.type == Type::int16 ? 32768 : 65536;
  const int32_t zero_point = input.type == Type::int16 ? 0 : range_of(output.type).low;
  const float steps = output.scale() * static_cast<float>(n_steps);
  if (!(steps > 0.999f && steps < 1.001f))
    return c.fail(Status::bad_value, "the output's scale is not that of a probability; as 1/scale",
                  round_half_away(1.0f / output.scale()), n_steps);
  if (output.zero_point() != zero_point)
    return c.fail(Status::bad_value, "the output's zero point is not that of a probability",
                  output.zero_point(), zero_point);
  return Status::ok;
}

// scale * beta * 65535 / 10 as a multiplier: the product of both mantissas and 13107 has at most 62 bits and
// is rounded once. The multiplier() of three floats cannot hold the last factor.
Multiplier steps_of_ten(float scale, float beta) {
  const auto mantissa = [](float x) { return uint64_t{float_bits(x) & 0x7fffff} | 0x800000; };
  const auto exponent = [](float x) { return static_cast<int32_t>(float_bits(x) >> 23) - 150; };
  const uint64_t product = mantissa(scale) * mantissa(beta) * 13107;
  const int32_t drop = 33 - __builtin_clzll(product);
  uint64_t value = ((product >> (drop - 1)) + 1) >> 1;
  int32_t shift = drop + 31 + exponent(scale) + exponent(beta) - 1;
  if (value >> 31) value >>= 1, ++shift;
  if (shift < -31) return {0, 0};
  return shift > 30 ? Multiplier{INT32_MAX, 30} : Multiplier{static_cast<int32_t>(value), shift};
}

// Checks the input, derives the exponent's factor and chooses the kernel for 8 and 16 bits.
template <Types types>
Status prepare_quantized(Prepare& c, int32_t rows, int32_t depth) {
  const Tensor input = c.input(0), output = c.output(0);
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  TRY(check_output(c, input, output));
  const float slope = c.option(beta, 0.0f);
  if (!is_scale(slope))
    return c.fail(Status::bad_value, "beta is not a positive number", round_half_away(slope), 1);
  auto& p = c.params<SoftmaxParams>();
  p.rows = rows;
  p.depth = depth;
  if (carries(types, Type::int16) && input.type == Type::int16) {
    if (depth > 1 << 16) return c.fail(Status::bad_shape, "too many int16 values in a row", depth, 1 << 16);
    const Multiplier m = steps_of_ten(input.scale(), slope);
    p.multiplier = m.value;
    p.shift = m.shift;
    return c.run_with<eval_int16>();
  }
  if (!carries(types, Type::int8)) return c.no_kernel(input.type);
  // A Q26 number. Differences that would leave its range count as minus infinity.
  const Multiplier m = multiplier(slope, input.scale(), 1.0f, 26);
  if (m.shift < 0) return c.fail(Status::bad_value, "the input's scale is too small for softmax", m.shift, 0);
  p.multiplier = m.value;
  p.shift = m.shift;
  p.smallest_difference = -static_cast<int32_t>((int64_t{31} << 26) >> m.shift);
  const bool wide = output.type == Type::int16;
  if (types == Types::any && input.type == Type::uint8)
    return wide ? c.run_with<eval_8<uint8_t, int16_t>>() : c.run_with<eval_8<uint8_t, uint8_t>>();
  return wide ? c.run_with<eval_8<int8_t, int16_t>>() : c.run_with<eval_8<int8_t, int8_t>>();
}

template <Types types>
Status prepare(Prepare& c) {
  int32_t rows, depth;
  TRY(expect_rows(c, &rows, &depth));
  const Type from = c.input(0).type, to = c.output(0).type;
  const bool is_8 = from == Type::int8 || (types == Types::any && from == Type::uint8);
  if (carries(types, Type::int8) && is_8 && (to == from || to == Type::int16))
    return prepare_quantized<types>(c, rows, depth);
  if (carries(types, Type::int16) && from == Type::int16 && to == from)
    return prepare_quantized<types>(c, rows, depth);
  if (carries(types, Type::float32) && from == Type::float32 && to == from) {
    c.params<SoftmaxFloatParams>() = {rows, depth, c.option(beta, 0.0f)};
    return c.run_with<eval_float>();
  }
  return c.no_kernel(from);
}

}  // namespace

const Op softmax = {"SOFTMAX", 25, prepare<Types::any>};
const Op int8::softmax = {"SOFTMAX", 25, prepare<Types::int8>};
const Op int16::softmax = {"SOFTMAX", 25, prepare<Types::int16>};
const Op float32::softmax = {"SOFTMAX", 25, prepare<Types::float32>};

}  // namespace inkling::ops
