// HARD_SWISH, x clamp(x + 3, 0, 6) / 6: int8, float32.
#include "inkling/kernels/sigmoid.h"
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

void eval_int8(const void* params, const Io& io) {
  hard_swish_all<Arch>(*static_cast<const HardSwishParams*>(params), io.in<int8_t>(0), io.out<int8_t>(0));
}

// A multiplier of 15 bits.
int32_t narrow_multiplier(int32_t value) {
  return value >= INT32_MAX - (1 << 15) ? INT16_MAX : (value + (1 << 15)) >> 16;
}

// The reference forms its factors in float.
Status prepare_int8(Prepare& c) {
  const Tensor input = c.input(0), output = c.output(0);
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  const float fine_scale = input.scale() * (1.0f / 128.0f);
  const Multiplier to_output = multiplier(fine_scale / output.scale(), 1.0f, 1.0f);
  const Multiplier to_gate = multiplier(fine_scale / (3.0f / 32768.0f), 1.0f, 1.0f);
  if (to_output.shift > 0)
    return c.fail(Status::bad_value, "the output's scale is too small for the input's", to_output.shift, 0);
  c.params<HardSwishParams>() = {input.n_elements,    input.zero_point(),
                                 output.zero_point(), narrow_multiplier(to_output.value),
                                 -to_output.shift,    narrow_multiplier(to_gate.value),
                                 to_gate.shift};
  return c.run_with<eval_int8>();
}

template <Types types>
Status prepare(Prepare& c) {
  if (!carries(types, Type::int8) || c.input(0).type != Type::int8)
    return prepare_float_map<types, hard_swish_float>(c);
  TRY(expect_unary(c, true));
  return prepare_int8(c);
}

}  // namespace

const Op hard_swish = {"HARD_SWISH", 117, prepare<Types::any>};
const Op int8::hard_swish = {"HARD_SWISH", 117, prepare<Types::int8>};
const Op int16::hard_swish = {"HARD_SWISH", 117, prepare<Types::int16>};
const Op float32::hard_swish = {"HARD_SWISH", 117, prepare<Types::float32>};

}  // namespace inkling::ops
