// LEAKY_RELU, x or alpha x below 0: int8, int16, float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { alpha };

void eval_float(const void* params, const Io& io) {
  leaky_relu_float(*static_cast<const LeakyReluParams*>(params), io.in<float>(0), io.out<float>(0));
}

// The reference forms both factors in float. Alpha may be negative.
Status prepare_slopes(Prepare& c) {
  const Tensor input = c.input(0), output = c.output(0);
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  const float slope = input.scale() * c.option(alpha, 0.0f) / output.scale(), size = absolute_float(slope);
  if (!(size <= 3.4028235e38f))
    return c.fail(Status::bad_value, "alpha is not a number of a usable size", round_half_away(slope), 1);
  const Multiplier m = multiplier(input.scale() / output.scale(), 1.0f, 1.0f);
  const Multiplier n = multiplier(size, 1.0f, 1.0f);
  const Range range = range_of(output.type);
  c.params<TwoSlopesParams>() = {input.n_elements,
                                 input.zero_point(),
                                 output.zero_point(),
                                 m.value,
                                 m.shift,
                                 slope < 0 ? -n.value : n.value,
                                 n.shift,
                                 range.low,
                                 range.high};
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  const Tensor input = c.input(0);
  const bool is_int8 = carries(types, Type::int8) && input.type == Type::int8;
  if (is_int8 || (carries(types, Type::int16) && input.type == Type::int16)) {
    TRY(prepare_slopes(c));
    return is_int8 ? c.run_with<eval_two_slopes<int8_t>>() : c.run_with<eval_two_slopes<int16_t>>();
  }
  if (carries(types, Type::float32) && input.type == Type::float32) {
    c.params<LeakyReluParams>() = {input.n_elements, c.option(alpha, 0.0f)};
    return c.run_with<eval_float>();
  }
  return c.no_kernel(input.type);
}

}  // namespace

const Op leaky_relu = {"LEAKY_RELU", 98, prepare<Types::any>};
const Op int8::leaky_relu = {"LEAKY_RELU", 98, prepare<Types::int8>};
const Op int16::leaky_relu = {"LEAKY_RELU", 98, prepare<Types::int16>};
const Op float32::leaky_relu = {"LEAKY_RELU", 98, prepare<Types::float32>};

}  // namespace inkling::ops
