// L2_NORMALIZATION over the last dimension: int8, float32.
#include "inkling/kernels/l2_norm.h"
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { activation };

void eval_int8(const void* params, const Io& io) {
  l2_normalize<Arch>(*static_cast<const L2NormParams*>(params), io.in<int8_t>(0), io.out<int8_t>(0));
}

void eval_float(const void* params, const Io& io) {
  l2_normalize_float(*static_cast<const L2NormParams*>(params), io.in<float>(0), io.out<float>(0));
}

template <Types types>
Status prepare(Prepare& c) {
  auto& p = c.params<L2NormParams>();
  TRY(expect_rows(c, &p.rows, &p.depth));
  TRY(expect_unary(c, true));
  const auto fused = c.option(activation, schema::Activation::none);
  if (fused != schema::Activation::none)
    return c.fail(Status::bad_value, "no activation can be fused", static_cast<int32_t>(fused), 0);
  const Tensor input = c.input(0);
  if (carries(types, Type::int8) && input.type == Type::int8) {
    TRY(require_quantized(c, input));
    p.input_zero_point = input.zero_point();
    return c.run_with<eval_int8>();
  }
  if (carries(types, Type::float32) && input.type == Type::float32) return c.run_with<eval_float>();
  return c.no_kernel(input.type);
}

}  // namespace

const Op l2_normalization = {"L2_NORMALIZATION", 11, prepare<Types::any>};
const Op int8::l2_normalization = {"L2_NORMALIZATION", 11, prepare<Types::int8>};
const Op int16::l2_normalization = {"L2_NORMALIZATION", 11, prepare<Types::int16>};
const Op float32::l2_normalization = {"L2_NORMALIZATION", 11, prepare<Types::float32>};

}  // namespace inkling::ops
