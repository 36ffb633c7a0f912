// GATHER of any type along an axis, with batch dimensions, by int32 or int64 indices.
#include "inkling/kernels/gather.h"

#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { axis, batch_dims };

void eval(const void* params, const Io& io) {
  gather_rows(*static_cast<const GatherParams*>(params), io.in<void>(0), io.in<void>(1), io.out<void>(0));
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), indices = c.input(1), output = c.output(0);
  int32_t element_bytes = 0, along = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  TRY(require_index_type(c, indices));
  const int32_t rank = input.shape.size, indices_rank = indices.shape.size;
  TRY(resolve_axis(c, c.option<int32_t>(axis, 0), rank, &along));
  int32_t batch = c.option<int32_t>(batch_dims, 0);
  if (batch < 0) batch += indices_rank;
  if (batch < 0 || batch > along || batch > indices_rank)
    return c.fail(Status::bad_value, "the number of batch dimensions is out of range", batch, along);
  for (int32_t i = 0; i < batch; ++i)
    if (input.shape[i] != indices.shape[i])
      return c.fail(Status::bad_shape, "input and indices differ in a batch dimension", indices.shape[i],
                    input.shape[i]);
  auto& p = c.params<GatherParams>();
  p.is_int64 = indices.type == Type::int64;
  if (output.n_elements == 0) return c.run_with<eval>();
  if (input.n_elements == 0 || indices.n_elements == 0)
    return c.fail(Status::bad_shape, "there is nothing to gather", input.n_elements, output.n_elements);
  p.batches = count_between(input.shape, 0, batch);
  p.outer = count_between(input.shape, batch, along);
  p.n_rows = input.shape[along];
  p.n_indices = count_between(indices.shape, batch, indices_rank);
  const int32_t row = count_between(input.shape, along + 1, rank);
  p.row_bytes = row * element_bytes;
  const int64_t n = int64_t{p.batches} * p.outer * row;  // the input without the axis
  if (n * p.n_indices != output.n_elements)
    return c.fail(Status::bad_shape, "the output's size is not that of what is gathered", output.n_elements,
                  p.n_indices);
  return c.run_with<eval>();
}

}  // namespace

const Op gather = {"GATHER", 36, prepare};
const Op int8::gather = {"GATHER", 36, prepare};
const Op int16::gather = {"GATHER", 36, prepare};
const Op float32::gather = {"GATHER", 36, prepare};

}  // namespace inkling::ops
