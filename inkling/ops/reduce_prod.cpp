// REDUCE_PROD: float32, int32.
#include "inkling/ops.h"
#include "inkling/prepare/reduce.h"

namespace inkling::ops {
namespace {

template <class T, class Wide>
void eval(const void* params, const Io& io) {
  reduce(*static_cast<const Reduction*>(params), ProductReducer<Wide>(), io.in<T>(0), io.out<T>(0));
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  TRY(require_same_quantization(c));
  TRY(prepare_reduction(c, &c.params<Reduction>()));
  const Type type = c.input(0).type;
  if (carries(types, Type::float32) && type == Type::float32) return c.run_with<eval<float, float>>();
  if (types == Types::any && type == Type::int32) return c.run_with<eval<int32_t, uint32_t>>();
  return c.no_kernel(type);
}

}  // namespace

const Op reduce_prod = {"REDUCE_PROD", 81, prepare<Types::any>};
const Op int8::reduce_prod = {"REDUCE_PROD", 81, prepare<Types::int8>};
const Op int16::reduce_prod = {"REDUCE_PROD", 81, prepare<Types::int16>};
const Op float32::reduce_prod = {"REDUCE_PROD", 81, prepare<Types::float32>};

}  // namespace inkling::ops
