// What EQUAL, LESS and the other comparisons prepare alike: they differ in the outcomes that give true.
#pragma once
#include "inkling/prepare/binary.h"

namespace inkling {

/// Two inputs of one type, a bool output.
Status expect_comparison(Prepare& context);

/// Broadcast, zero points, and multipliers that bring both inputs to a common scale.
Status prepare_compare_scales(Prepare& context, QuantizedParams* params);

template <class T>
constexpr Kernel kCompare = kernel<eval_rows<compare_row<T>, uint8_t, T, T>>;
template <class T>
constexpr Kernel kCompareQuantized = kernel<eval_rows<compare_quantized_row<Arch, T>, uint8_t, T, T>>;

template <Types types>
Kernel choose_compare(Type type) {
  if (carries(types, Type::int8) && type == Type::int8) return kCompare<int8_t>;
  if (carries(types, Type::int16) && type == Type::int16) return kCompare<int16_t>;
  if (carries(types, Type::float32) && type == Type::float32) return kCompare<float>;
  if (types != Types::any) return {};
  if (type == Type::uint8 || type == Type::boolean) return kCompare<uint8_t>;
  if (type == Type::int32) return kCompare<int32_t>;
  return type == Type::int64 ? kCompare<int64_t> : Kernel();
}

template <Types types>
Kernel choose_compare_quantized(Type type) {
  if (carries(types, Type::int8) && type == Type::int8) return kCompareQuantized<int8_t>;
  if (carries(types, Type::int16) && type == Type::int16) return kCompareQuantized<int16_t>;
  return types == Types::any && type == Type::uint8 ? kCompareQuantized<uint8_t> : Kernel();
}

/// Prepares a comparison that is true for the outcomes `accepted`. Small integers are compared by what they
/// stand for, unless they have no scale.
template <Types types>
Status prepare_comparison(Prepare& c, uint8_t accepted) {
  TRY(expect_comparison(c));
  const Type type = c.input(0).type;
  const bool has_scales = c.input(0).scales.size > 0 || c.input(1).scales.size > 0;
  if (const Kernel eval = has_scales ? choose_compare_quantized<types>(type) : Kernel()) {
    auto& p = c.params<CompareQuantizedParams>();
    TRY(prepare_compare_scales(c, &p.values));
    p.accepted = accepted;
    return c.run_with(eval);
  }
  const Kernel eval = choose_compare<types>(type);
  if (!eval) return c.no_kernel(type);
  auto& p = c.params<CompareParams>();
  TRY(prepare_broadcast(c, 2, &p.broadcast));
  p.accepted = accepted;
  return c.run_with(eval);
}

}  // namespace inkling
