// What AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D prepare alike.
#pragma once
#include "inkling/kernels/pooling.h"
#include "inkling/prepare/quantization.h"
#include "inkling/prepare/window.h"

namespace inkling {

/// Reads geometry and activation range of a pooling operator into its params.
Status prepare_pool(Prepare& context, const Tensor& input, const Tensor& output, PoolParams<int32_t>* params);
Status prepare_pool(Prepare& context, const Tensor& input, const Tensor& output, PoolParams<float>* params);

/// Prepares an operator that pools integers and floats with Pool.
template <Types types, class Pool>
struct PreparePool {
  template <class T, class Bound>
  static void eval(const void* params, const Io& io) {
    constexpr Bound lowest = sizeof(T) == 1   ? Bound(-128)
                             : sizeof(T) == 2 ? Bound(-32768)
                                              : Bound(-3.4028235e38f);
    pool<Pool>(*static_cast<const PoolParams<Bound>*>(params), io.in<T>(0), io.out<T>(0), lowest);
  }

  static Status prepare(Prepare& c) {
    TRY(c.expect(1, 1, 1));
    const Tensor input = c.input(0), output = c.output(0);
    if (output.type != input.type)
      return c.fail(Status::bad_type, "the output's type differs from the input's",
                    static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
    if (carries(types, Type::int8) && input.type == Type::int8) {
      TRY(prepare_pool(c, input, output, &c.params<PoolParams<int32_t>>()));
      return c.run_with<eval<int8_t, int32_t>>();
    }
    if (carries(types, Type::int16) && input.type == Type::int16) {
      TRY(prepare_pool(c, input, output, &c.params<PoolParams<int32_t>>()));
      return c.run_with<eval<int16_t, int32_t>>();
    }
    if (types == Types::any && input.type == Type::uint8) {
      TRY(prepare_pool(c, input, output, &c.params<PoolParams<int32_t>>()));
      return c.run_with<eval<uint8_t, int32_t>>();
    }
    if (carries(types, Type::float32) && input.type == Type::float32) {
      TRY(prepare_pool(c, input, output, &c.params<PoolParams<float>>()));
      return c.run_with<eval<float, float>>();
    }
    return c.no_kernel(input.type);
  }
};

}  // namespace inkling
