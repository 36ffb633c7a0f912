// TOPK_V2 along the last axis: int8, int16, float32, uint8, int32. The output's shape says how many.
#include "inkling/kernels/top_k.h"
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"

namespace inkling::ops {
namespace {

template <class T>
void eval(const void* params, const Io& io) {
  top_k(*static_cast<const TopKParams*>(params), io.in<T>(0), io.out<T>(0), io.out<int32_t>(1));
}

Status prepare_shape(Prepare& c, const Tensor& input, TopKParams* p) {
  TRY(c.expect(2, 2, 2));
  TRY(require_index_type(c, c.input(1)));
  const Tensor values = c.output(0), indices = c.output(1);
  if (values.type != input.type || indices.type != Type::int32)
    return c.fail(Status::bad_type, "the outputs must be of the input's type and int32",
                  static_cast<int32_t>(values.type), static_cast<int32_t>(input.type));
  const int32_t rank = input.shape.size;
  if (rank < 1 || values.shape.size != rank || !equal(values.shape, indices.shape))
    return c.fail(Status::bad_shape, "input and outputs differ in rank", values.shape.size, rank);
  for (int32_t i = 0; i < rank - 1; ++i)
    if (values.shape[i] != input.shape[i])
      return c.fail(Status::bad_shape, "input and outputs differ in a dimension", values.shape[i],
                    input.shape[i]);
  p->n = input.shape[rank - 1];
  p->k = values.shape[rank - 1];
  if (p->k > p->n) return c.fail(Status::bad_shape, "more values are asked for than there are", p->k, p->n);
  p->rows = p->k > 0 ? values.n_elements / p->k : 0;
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  const Tensor input = c.input(0);
  TRY(prepare_shape(c, input, &c.params<TopKParams>()));
  if (carries(types, Type::int8) && input.type == Type::int8) return c.run_with<eval<int8_t>>();
  if (carries(types, Type::int16) && input.type == Type::int16) return c.run_with<eval<int16_t>>();
  if (carries(types, Type::float32) && input.type == Type::float32) return c.run_with<eval<float>>();
  if (types == Types::any && input.type == Type::uint8) return c.run_with<eval<uint8_t>>();
  if (types == Types::any && input.type == Type::int32) return c.run_with<eval<int32_t>>();
  return c.no_kernel(input.type);
}

}  // namespace

const Op topk_v2 = {"TOPK_V2", 48, prepare<Types::any>};
const Op int8::topk_v2 = {"TOPK_V2", 48, prepare<Types::int8>};
const Op int16::topk_v2 = {"TOPK_V2", 48, prepare<Types::int16>};
const Op float32::topk_v2 = {"TOPK_V2", 48, prepare<Types::float32>};

}  // namespace inkling::ops
