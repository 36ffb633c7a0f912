// L2_POOL_2D: float32.
#include "inkling/ops.h"
#include "inkling/prepare/pooling.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  pool<L2Pool>(*static_cast<const PoolParams<float>*>(params), io.in<float>(0), io.out<float>(0), 0.0f);
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (!carries(types, Type::float32) || input.type != Type::float32) return c.no_kernel(input.type);
  if (output.type != Type::float32)
    return c.fail(Status::bad_type, "the output must be float32", static_cast<int32_t>(output.type), 0);
  TRY(prepare_pool(c, input, output, &c.params<PoolParams<float>>()));
  return c.run_with<eval>();
}

}  // namespace

const Op l2_pool_2d = {"L2_POOL_2D", 12, prepare<Types::any>};
const Op int8::l2_pool_2d = {"L2_POOL_2D", 12, prepare<Types::int8>};
const Op int16::l2_pool_2d = {"L2_POOL_2D", 12, prepare<Types::int16>};
const Op float32::l2_pool_2d = {"L2_POOL_2D", 12, prepare<Types::float32>};

}  // namespace inkling::ops
