// RSQRT, 1 / sqrt(x): int8 and int16, float32. Quantized, 0 and what is below gives the largest value.
#include "inkling/kernels/rsqrt.h"

#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

template <class T>
void eval_quantized(const void* params, const Io& io) {
  rsqrt_all<Arch>(*static_cast<const RequantizeParams*>(params), io.in<T>(0), io.out<T>(0));
}

float one_over_square_root(float x) {
  return 1.0f / square_root_float(x);
}

// 1 / (sqrt(input scale) * output scale).
Status prepare_quantized(Prepare& c) {
  auto& p = c.params<RequantizeParams>();
  TRY(prepare_requantize(c, c.input(0), c.output(0), &p));
  const Multiplier m = one_over_root_scale(c.input(0).scale(), c.output(0).scale());
  if (m.shift > 30 || m.shift < -11)
    return c.fail(Status::bad_value, "the scales do not fit together", m.shift, 30);
  p.multiplier = m.value;
  p.shift = m.shift;
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  const Type type = c.input(0).type;
  const bool is_int8 = carries(types, Type::int8) && type == Type::int8;
  if (!is_int8 && !(carries(types, Type::int16) && type == Type::int16))
    return prepare_float_map<types, one_over_square_root>(c);
  TRY(expect_unary(c, true));
  TRY(prepare_quantized(c));
  return is_int8 ? c.run_with<eval_quantized<int8_t>>() : c.run_with<eval_quantized<int16_t>>();
}

}  // namespace

const Op rsqrt = {"RSQRT", 76, prepare<Types::any>};
const Op int8::rsqrt = {"RSQRT", 76, prepare<Types::int8>};
const Op int16::rsqrt = {"RSQRT", 76, prepare<Types::int16>};
const Op float32::rsqrt = {"RSQRT", 76, prepare<Types::float32>};

}  // namespace inkling::ops
