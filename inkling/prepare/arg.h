// What ARG_MAX and ARG_MIN prepare alike.
#pragma once
#include "inkling/prepare/reduce.h"

namespace inkling {

/// A reduction to indices, of int32 or int64.
struct ArgParams {
  Reduction shape;
  int32_t n;  ///< outputs
  bool is_int64;

  template <class V>
  static void visit(V&& v, const ArgParams& p) {
    v("shape", p.shape);
    v("n", p.n);
    v("is_int64", p.is_int64);
  }
};

/// Checks one use and derives its loops.
Status prepare_arg(Prepare& context, ArgParams* params);

/// Makes n int32 to int64 in place.
inline void widen(int32_t* values, int32_t n) {
  for (int32_t i = n - 1; i >= 0; --i) {
    const int32_t value = values[i];
    values[2 * i] = value;
    values[2 * i + 1] = value >> 31;
  }
}

template <Types types, bool greatest>
struct PrepareArg {
  template <class T>
  static void eval(const void* params, const Io& io) {
    const auto& p = *static_cast<const ArgParams*>(params);
    reduce(p.shape, ArgReducer<T, greatest>(), io.in<T>(0), io.out<int32_t>(0));
    if (p.is_int64) widen(io.out<int32_t>(0), p.n);
  }

  static Status prepare(Prepare& c) {
    TRY(prepare_arg(c, &c.params<ArgParams>()));
    const Type type = c.input(0).type;
    if (carries(types, Type::int8) && type == Type::int8) return c.run_with<eval<int8_t>>();
    if (carries(types, Type::int16) && type == Type::int16) return c.run_with<eval<int16_t>>();
    if (carries(types, Type::float32) && type == Type::float32) return c.run_with<eval<float>>();
    if (types == Types::any && (type == Type::uint8 || type == Type::boolean))
      return c.run_with<eval<uint8_t>>();
    if (types == Types::any && type == Type::int32) return c.run_with<eval<int32_t>>();
    return c.no_kernel(type);
  }
};

}  // namespace inkling
