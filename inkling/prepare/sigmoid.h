// What LOGISTIC and TANH prepare alike.
#pragma once
#include "inkling/kernels/sigmoid.h"
#include "inkling/prepare/unary.h"

namespace inkling {

/// 8 bits: the multiplier that brings the input to Q27, and from where on the result is an end of its range.
Status prepare_sigmoid_8(Prepare& context, SigmoidParams* params);

/// int16: input and output need zero point 0, the output steps of 2^-15. Inputs in steps of 2^-12, and as
/// many more powers of two as `max_left` says, lead to the table by a shift; others by a multiplier of 15
/// bits.
Status prepare_sigmoid_16(Prepare& context, int32_t max_left, SigmoidTableParams* params);

template <class F, class T>
void eval_sigmoid(const void* params, const Io& io) {
  sigmoid_all<Arch, F>(*static_cast<const SigmoidParams*>(params), io.in<T>(0), io.out<T>(0));
}
template <class F>
void eval_sigmoid_table(const void* params, const Io& io) {
  sigmoid_table_all<F>(*static_cast<const SigmoidTableParams*>(params), io.in<int16_t>(0),
                       io.out<int16_t>(0));
}

/// Prepares F8 on int8 and uint8, F16 on int16, f on float32, after expect_unary.
template <Types types, class F8, class F16, float (*f)(float)>
Status prepare_sigmoid(Prepare& c, int32_t max_left) {
  const Type type = c.input(0).type;
  Kernel eval;
  if (carries(types, Type::int8) && type == Type::int8) eval = kernel<eval_sigmoid<F8, int8_t>>;
  if (carries(types, Type::uint8) && type == Type::uint8) eval = kernel<eval_sigmoid<F8, uint8_t>>;
  if (eval) {
    TRY(prepare_sigmoid_8(c, &c.params<SigmoidParams>()));
    return c.run_with(eval);
  }
  if (carries(types, Type::int16) && type == Type::int16) {
    TRY(prepare_sigmoid_16(c, max_left, &c.params<SigmoidTableParams>()));
    return c.run_with<eval_sigmoid_table<F16>>();
  }
  return carries(types, Type::float32) && type == Type::float32 ? prepare_float<f>(c) : c.no_kernel(type);
}

}  // namespace inkling
