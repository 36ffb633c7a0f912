// DYNAMIC_UPDATE_SLICE of any type: input 0 with the box of input 1 laid over it at the positions of input 2,
// moved inside where they are not.
#include "inkling/ops.h"
#include "inkling/prepare/origin.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const PlacedCopyParams*>(params);
  move_bytes(io.out<void>(0), io.in<void>(0), p.n_bytes);
  StridedCopy copy = p.box.copy;
  copy.to_first = origin_bytes(p.origin, io.in<void>(2));
  copy_strided(copy, p.box.axes, io.in<void>(1), io.out<void>(0));
}

Status prepare(Prepare& c) {
  TRY(c.expect(3, 3, 1));
  const Tensor input = c.input(0), update = c.input(1), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  TRY(require_same_bytes(c, input, update, &element_bytes));
  if (!equal(input.shape, output.shape))
    return c.fail(Status::bad_shape, "input and output differ in shape", output.n_elements, input.n_elements);
  TRY(prepare_placed_copy(c, input, update, c.input(2), element_bytes, false, &c.params<PlacedCopyParams>()));
  return c.run_with<eval>();
}

}  // namespace

const Op dynamic_update_slice = {"DYNAMIC_UPDATE_SLICE", 151, prepare};
const Op int8::dynamic_update_slice = {"DYNAMIC_UPDATE_SLICE", 151, prepare};
const Op int16::dynamic_update_slice = {"DYNAMIC_UPDATE_SLICE", 151, prepare};
const Op float32::dynamic_update_slice = {"DYNAMIC_UPDATE_SLICE", 151, prepare};

}  // namespace inkling::ops
