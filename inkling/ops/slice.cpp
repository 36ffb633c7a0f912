// SLICE of any type: a box out of the input. Constant positions are checked; positions that the graph
// computes are moved to the nearest place inside.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/origin.h"

namespace inkling::ops {
namespace {

void eval_placed(const void* params, const Io& io) {
  const auto& p = *static_cast<const PlacedCopyParams*>(params);
  StridedCopy copy = p.box.copy;
  copy.from_first = origin_bytes(p.origin, io.in<void>(1));
  copy_strided(copy, p.box.axes, io.in<void>(0), io.out<void>(0));
}

// A constant box must lie inside the input and be the output; a size of -1 reaches to the end.
Status check_box(Prepare& c, const Tensor& input, const Tensor& output, const Indices& begin,
                 const Indices& size) {
  for (int32_t i = 0; i < input.shape.size; ++i) {
    const int32_t dim = input.shape[i];
    if (begin[i] < 0 || begin[i] > dim)
      return c.fail(Status::bad_value, "the slice begins outside the input", begin[i], dim);
    const int32_t n = size[i] == -1 ? dim - begin[i] : size[i];
    if (n < 0 || n > dim - begin[i])
      return c.fail(Status::bad_value, "the slice ends outside the input", n, dim - begin[i]);
    if (n != output.shape[i])
      return c.fail(Status::bad_shape, "the output does not have the slice's size", output.shape[i], n);
  }
  return Status::ok;
}

Status prepare(Prepare& c) {
  TRY(c.expect(3, 3, 1));
  const Tensor input = c.input(0), begin = c.input(1), size = c.input(2), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  const int32_t rank = input.shape.size;
  if (output.shape.size != rank)
    return c.fail(Status::bad_shape, "input and output differ in rank", output.shape.size, rank);
  TRY(require_index_type(c, size));
  if (!begin.is_constant || !size.is_constant) {
    TRY(prepare_placed_copy(c, input, output, begin, element_bytes, true, &c.params<PlacedCopyParams>()));
    return c.run_with<eval_placed>();
  }
  Indices begins, sizes;
  TRY(constant_indices(c, begin, rank, &begins));
  TRY(constant_indices(c, size, rank, &sizes));
  TRY(check_box(c, input, output, begins, sizes));
  if (output.n_elements == 0) return run_nothing(c);
  const Strides from(input.shape, element_bytes), to(output.shape, element_bytes);
  CopyPlan plan(element_bytes);
  for (int32_t i = 0; i < rank; ++i) {
    plan.from_first += begins[i] * from.of[i];
    plan.add(output.shape[i], from.of[i], to.of[i]);
  }
  return run_copy(c, &plan);
}

}  // namespace

const Op slice = {"SLICE", 65, prepare};
const Op int8::slice = {"SLICE", 65, prepare};
const Op int16::slice = {"SLICE", 65, prepare};
const Op float32::slice = {"SLICE", 65, prepare};

}  // namespace inkling::ops
