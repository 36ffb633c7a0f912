// LOGISTIC: int8, float32.
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

void eval_int8(const void* params, const Io& io) {
  logistic_all<Arch>(*static_cast<const LogisticParams*>(params), io.in<int8_t>(0), io.out<int8_t>(0));
}

void eval_float(const void* params, const Io& io) {
  logistic_float(*static_cast<const CountParams*>(params), io.in<float>(0), io.out<float>(0));
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  const Tensor input = c.input(0), output = c.output(0);
  if (carries(types, Type::int8) && input.type == Type::int8) {
    TRY(require_quantized(c, input));
    TRY(require_quantized(c, output));
    if (output.zero_point() != -128)
      return c.fail(Status::bad_value, "the output's zero point must be -128", output.zero_point(), -128);
    const Multiplier m = multiplier(input.scale(), 1.0f, 1.0f, 27);  // to Q27
    if (m.shift < 0) return c.fail(Status::bad_value, "the input's scale is too small", m.shift, 0);
    const auto radius = static_cast<int32_t>((int64_t{15} << 27) >> m.shift);
    c.params<LogisticParams>() = {input.n_elements, input.zero_point(), radius, m.value, m.shift};
    return c.run_with(eval_int8);
  }
  if (carries(types, Type::float32) && input.type == Type::float32) {
    c.params<CountParams>() = {input.n_elements};
    return c.run_with(eval_float);
  }
  return c.no_kernel(input.type);
}

}  // namespace

const Op logistic = {"LOGISTIC", 14, prepare<Types::any>};
const Op int8::logistic = {"LOGISTIC", 14, prepare<Types::int8>};
const Op int16::logistic = {"LOGISTIC", 14, prepare<Types::int16>};
const Op float32::logistic = {"LOGISTIC", 14, prepare<Types::float32>};

}  // namespace inkling::ops
