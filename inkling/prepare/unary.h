// What operators with one input and one output of equal size prepare alike.
#pragma once
#include "inkling/kernels/elementwise.h"
#include "inkling/prepare/quantization.h"

namespace inkling {

/// One input, one output, as many elements in both. `same_type`: the types must be equal too.
Status expect_unary(Prepare& context, bool same_type);

/// One input of at least rank 1, an output of the same shape: rows over the last dimension.
Status expect_rows(Prepare& context, int32_t* rows, int32_t* depth);

/// The multiplier input scale / output scale and both zero points; the range is the output type's.
Status prepare_requantize(Prepare& context, const Tensor& input, const Tensor& output, RequantizeParams* p);

/// The narrower of `range` and the quantized reals low..high. Infinity is no bound.
Range narrow(const Range& range, const FloatRange& reals, const Tensor& output);

template <float (*f)(float)>
void eval_float_map(const void* params, const Io& io) {
  map_float<f>(*static_cast<const CountParams*>(params), io.in<float>(0), io.out<float>(0));
}
template <float (*f)(float)>
void eval_quantized_map(const void* params, const Io& io) {
  map_quantized<f>(*static_cast<const QuantizedMapParams*>(params), io.in<int8_t>(0), io.out<int8_t>(0),
                   io.scratch<int8_t>());
}

/// Chooses f on float32, after the types have been checked.
template <float (*f)(float)>
Status prepare_float(Prepare& c) {
  c.params<CountParams>() = {c.input(0).n_elements};
  return c.run_with<eval_float_map<f>>();
}

/// Scales and zero points of f on int8, and room for the table of long inputs.
Status prepare_quantized_map(Prepare& context, QuantizedMapParams* params);

/// Prepares f on float32.
template <Types types, float (*f)(float)>
Status prepare_float_map(Prepare& c) {
  TRY(expect_unary(c, true));
  const Type type = c.input(0).type;
  return carries(types, Type::float32) && type == Type::float32 ? prepare_float<f>(c) : c.no_kernel(type);
}

/// Prepares f on float32, and on int8 by what the values stand for.
template <Types types, float (*f)(float)>
Status prepare_map(Prepare& c) {
  if (!carries(types, Type::int8) || c.input(0).type != Type::int8) return prepare_float_map<types, f>(c);
  TRY(expect_unary(c, true));
  TRY(prepare_quantized_map(c, &c.params<QuantizedMapParams>()));
  return c.run_with<eval_quantized_map<f>>();
}

template <class T>
void eval_requantize(const void* params, const Io& io) {
  requantize_all<Arch>(*static_cast<const RequantizeParams*>(params), io.in<T>(0), io.out<T>(0));
}
template <class T>
void eval_two_slopes(const void* params, const Io& io) {
  two_slopes_all<Arch>(*static_cast<const TwoSlopesParams*>(params), io.in<T>(0), io.out<T>(0));
}
template <class T, class Bound>
void eval_clamp(const void* params, const Io& io) {
  clamp_all(*static_cast<const ClampParams<Bound>*>(params), io.in<T>(0), io.out<T>(0));
}

/// Prepares an operator that limits values to low..high: int8 and int16, from the input's quantization to the
/// output's, and float32.
template <Types types>
Status prepare_limit(Prepare& c, const FloatRange& reals) {
  TRY(expect_unary(c, true));
  const Tensor input = c.input(0), output = c.output(0);
  const bool is_int8 = carries(types, Type::int8) && input.type == Type::int8;
  if (is_int8 || (carries(types, Type::int16) && input.type == Type::int16)) {
    auto& p = c.params<RequantizeParams>();
    TRY(prepare_requantize(c, input, output, &p));
    const Range range = narrow({p.low, p.high}, reals, output);
    p.low = range.low;
    p.high = range.high;
    return is_int8 ? c.run_with<eval_requantize<int8_t>>() : c.run_with<eval_requantize<int16_t>>();
  }
  if (carries(types, Type::float32) && input.type == Type::float32) {
    c.params<ClampParams<float>>() = {input.n_elements, reals.low, reals.high};
    return c.run_with<eval_clamp<float, float>>();
  }
  return c.no_kernel(input.type);
}

}  // namespace inkling
