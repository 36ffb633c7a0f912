// What operators of two inputs that broadcast prepare alike: types, shapes, quantization, fused activation.
#pragma once
#include "inkling/kernels/binary.h"
#include "inkling/prepare/broadcast.h"
#include "inkling/prepare/quantization.h"

namespace inkling {

/// The field of the fused activation in the options of ADD, SUB, MUL and DIV.
constexpr int32_t kActivationOption = 0;

/// Two inputs, one output, all of one type.
Status expect_binary(Prepare& context);

/// Broadcast and fused activation of values as they are.
Status prepare_clamped(Prepare& context, ClampedParams<float>* params);
Status prepare_clamped(Prepare& context, ClampedParams<int32_t>* params);

/// Broadcast, zero points and the range of the fused activation. Leaves the multipliers to the operator.
Status prepare_quantized(Prepare& context, QuantizedParams* params);

/// Keeps a multiplier in a QuantizedParams.
inline void keep(const Multiplier& m, int32_t* value, int8_t* shift) {
  *value = m.value;
  *shift = static_cast<int8_t>(m.shift);
}

/// Fails unless a tensor's zero point is 0: two int16 that are farther from it have products beyond int32.
Status require_symmetric(Prepare& context, const Tensor& tensor);

/// Fails when an output's multiplier, whose shift this is, is 1 or more.
Status require_below_one(Prepare& context, int32_t shift);

/// Runs `row` over inputs with elements of In... and an output of Out.
template <RowFunction row, class Out, class... In>
void eval_rows(const void* params, const Io& io) {
  static constexpr uint8_t sizes[] = {sizeof(In)..., sizeof(Out)};
  for_each_row(params, io.slots, sizes, sizeof...(In), row);
}
/// Two inputs and an output of one type.
template <RowFunction row, class T>
constexpr Eval eval_same = eval_rows<row, T, T, T>;

/// What an arithmetic operator says about itself, beside its rows on quantized values.
struct Arithmetic {
  static constexpr bool kInt32Fuses = true;  ///< whether int32 obeys the fused activation
};

/// Prepares F on quantized values by the rows of Quantized, whose `derive` fills in the multipliers, and on
/// float32 and int32 as they are, clamped by the fused activation.
template <Types types, class F, class Quantized>
Status prepare_arithmetic(Prepare& c) {
  TRY(expect_binary(c));
  const Type type = c.output(0).type;
  Kernel eval;
  if (carries(types, Type::int8) && type == Type::int8) eval = Quantized::template eval<int8_t>();
  if (carries(types, Type::int16) && type == Type::int16) eval = Quantized::template eval<int16_t>();
  if (carries(types, Type::uint8) && type == Type::uint8) eval = Quantized::template eval<uint8_t>();
  if (eval) {
    auto& p = c.params<QuantizedParams>();
    TRY(prepare_quantized(c, &p));
    TRY(Quantized::derive(c, &p));
    return c.run_with(eval);
  }
  if (carries(types, Type::float32) && type == Type::float32) {
    TRY(prepare_clamped(c, &c.params<ClampedParams<float>>()));
    return c.run_with<eval_same<clamped_row<F, float>, float>>();
  }
  if (carries(types, Type::int32) && type == Type::int32) {
    auto& p = c.params<ClampedParams<int32_t>>();
    TRY(prepare_clamped(c, &p));
    if (!Quantized::kInt32Fuses) p = {p.broadcast, INT32_MIN, INT32_MAX};
    return c.run_with<eval_same<clamped_row<F, int32_t>, int32_t>>();
  }
  return c.no_kernel(type);
}

template <class T>
constexpr Type kTypeOf = Type::string;
template <>
inline constexpr Type kTypeOf<int8_t> = Type::int8;
template <>
inline constexpr Type kTypeOf<int16_t> = Type::int16;
template <>
inline constexpr Type kTypeOf<int32_t> = Type::int32;
template <>
inline constexpr Type kTypeOf<int64_t> = Type::int64;
template <>
inline constexpr Type kTypeOf<float> = Type::float32;

/// Prepares F on values of the types T... as they are.
template <Types types, class F, class... T>
Status prepare_plain_binary(Prepare& c) {
  TRY(expect_binary(c));
  const Type type = c.output(0).type;
  Kernel eval;
  ((carries(types, kTypeOf<T>) && type == kTypeOf<T> ? eval = kernel<eval_same<plain_row<F, T>, T>> : eval),
   ...);
  if (!eval) return c.no_kernel(type);
  TRY(prepare_broadcast(c, 2, &c.params<Broadcast>()));
  return c.run_with(eval);
}

/// Prepares F on bool.
template <Types types, class F>
Status prepare_logical(Prepare& c) {
  TRY(expect_binary(c));
  const Type type = c.output(0).type;
  if (types != Types::any || type != Type::boolean) return c.no_kernel(type);
  TRY(prepare_broadcast(c, 2, &c.params<Broadcast>()));
  return c.run_with<eval_same<plain_row<F, uint8_t>, uint8_t>>();
}

/// The rows of F, Sum or Difference, on a common scale.
template <class F>
struct CommonScale : Arithmetic {
  template <class T>
  static constexpr Kernel eval() {
    if constexpr (sizeof(T) == 1)
      return kernel<eval_same<common_scale_row_of_bytes<Arch, F, T>, T>>;
    else
      return kernel<eval_same<common_scale_row<Arch, F, T>, T>>;
  }
};

}  // namespace inkling
