// GATHER_ND of any type by int32 or int64 indices.
#include "inkling/kernels/gather.h"
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  gather_places(*static_cast<const GatherNdParams*>(params), io.in<void>(0), io.in<void>(1), io.out<void>(0));
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), indices = c.input(1), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  TRY(require_index_type(c, indices));
  if (indices.shape.size < 1) return c.fail(Status::bad_shape, "the indices must have a dimension", 0, 1);
  const int32_t rank = input.shape.size, depth = indices.shape[indices.shape.size - 1];
  if (depth > rank) return c.fail(Status::bad_shape, "an index has more parts than dimensions", depth, rank);
  if (depth > GatherNdParams::kMaxDepth)
    return c.fail(Status::unsupported, "an index has too many parts", depth, GatherNdParams::kMaxDepth);
  auto& p = c.params<GatherNdParams>();
  p.is_int64 = indices.type == Type::int64;
  if (output.n_elements == 0) return c.run_with<eval>();
  if (input.n_elements == 0)
    return c.fail(Status::bad_shape, "there is nothing to gather", 0, output.n_elements);
  const Strides strides(input.shape, element_bytes);
  const int32_t slice = count_between(input.shape, depth, rank);
  p.depth = depth;
  p.slice_bytes = slice * element_bytes;
  p.n_indices = output.n_elements / slice;
  for (int32_t i = 0; i < depth; ++i) {
    p.dims[i] = input.shape[i];
    p.strides[i] = strides.of[i];
  }
  // An index of no parts names the whole input, as often as the outer dimensions say.
  const bool fits = depth == 0 || int64_t{p.n_indices} * depth == indices.n_elements;
  if (!fits || int64_t{p.n_indices} * slice != output.n_elements)
    return c.fail(Status::bad_shape, "the output's size is not that of what is gathered", output.n_elements,
                  slice);
  return c.run_with<eval>();
}

}  // namespace

const Op gather_nd = {"GATHER_ND", 107, prepare};
const Op int8::gather_nd = {"GATHER_ND", 107, prepare};
const Op int16::gather_nd = {"GATHER_ND", 107, prepare};
const Op float32::gather_nd = {"GATHER_ND", 107, prepare};

}  // namespace inkling::ops
