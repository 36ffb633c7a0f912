// What the reductions prepare alike: input 0 over the constant axes of input 1.
#pragma once
#include "inkling/kernels/reduce.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// Derives the loops. `n_reduced`, when asked for: how many values make one output. Fails when the output's
/// size is not that of the kept dimensions.
Status prepare_reduction(Prepare& context, Reduction* shape, int32_t* n_reduced = nullptr);

/// Fails unless input 0 and output 0 have the same type, and one quantization where they have any.
Status require_same_quantization(Prepare& context);

/// Prepares REDUCE_MAX and REDUCE_MIN.
template <Types types, template <class> class Reducer>
struct PrepareExtreme {
  template <class T>
  static void eval(const void* params, const Io& io) {
    reduce(*static_cast<const Reduction*>(params), Reducer<T>(), io.in<T>(0), io.out<T>(0));
  }

  static Status prepare(Prepare& c) {
    TRY(c.expect(2, 2, 1));
    TRY(require_same_quantization(c));
    TRY(prepare_reduction(c, &c.params<Reduction>()));
    const Type type = c.input(0).type;
    if (carries(types, Type::int8) && type == Type::int8) return c.run_with<eval<int8_t>>();
    if (carries(types, Type::int16) && type == Type::int16) return c.run_with<eval<int16_t>>();
    if (carries(types, Type::float32) && type == Type::float32) return c.run_with<eval<float>>();
    if (types == Types::any && type == Type::uint8) return c.run_with<eval<uint8_t>>();
    if (types == Types::any && type == Type::int32) return c.run_with<eval<int32_t>>();
    return c.no_kernel(type);
  }
};

/// Derives the params of SUM, or of MEAN where `mean`.
Status prepare_sum(Prepare& context, bool mean, FloatSumParams* params);
Status prepare_sum(Prepare& context, bool mean, QuantizedSumParams* params);

/// Prepares SUM and MEAN.
template <Types types, bool mean>
struct PrepareSum {
  template <class T>
  static void eval_quantized(const void* params, const Io& io) {
    const auto& p = *static_cast<const QuantizedSumParams*>(params);
    reduce(p.shape, QuantizedSumReducer<Arch>(p), io.in<T>(0), io.out<T>(0));
  }
  static void eval_float(const void* params, const Io& io) {
    const auto& p = *static_cast<const FloatSumParams*>(params);
    reduce(p.shape, FloatSumReducer{{}, p.divisor}, io.in<float>(0), io.out<float>(0));
  }
  static void eval_int32(const void* params, const Io& io) {
    reduce(*static_cast<const Reduction*>(params), SumReducer<uint32_t>(), io.in<int32_t>(0),
           io.out<int32_t>(0));
  }

  static Status prepare(Prepare& c) {
    TRY(c.expect(2, 2, 1));
    const Type type = c.input(0).type;
    if (c.output(0).type != type)
      return c.fail(Status::bad_type, "the output's type differs from the input's",
                    static_cast<int32_t>(c.output(0).type), static_cast<int32_t>(type));
    const bool is_int8 = carries(types, Type::int8) && type == Type::int8;
    if (is_int8 || (carries(types, Type::int16) && type == Type::int16)) {
      TRY(prepare_sum(c, mean, &c.params<QuantizedSumParams>()));
      return is_int8 ? c.run_with<eval_quantized<int8_t>>() : c.run_with<eval_quantized<int16_t>>();
    }
    if (carries(types, Type::float32) && type == Type::float32) {
      TRY(prepare_sum(c, mean, &c.params<FloatSumParams>()));
      return c.run_with<eval_float>();
    }
    if (types == Types::any && !mean && type == Type::int32) {
      TRY(prepare_reduction(c, &c.params<Reduction>()));
      return c.run_with<eval_int32>();
    }
    return c.no_kernel(type);
  }
};

}  // namespace inkling
