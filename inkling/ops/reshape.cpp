// RESHAPE: any type. The bytes stay the same; the shapes are in the model.
#include "inkling/core/memory.h"
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/context.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  move_bytes(io.out<void>(0), io.in<void>(0), static_cast<const CountParams*>(params)->n);
}

template <Types>
Status prepare(Prepare& c) {
  TRY(c.expect(1, 2, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  if (output.n_elements != input.n_elements)
    return c.fail(Status::bad_shape, "input and output differ in size", output.n_elements, input.n_elements);
  c.params<CountParams>() = {input.n_bytes};
  return c.run_with(eval);
}

}  // namespace

const Op reshape = {"RESHAPE", 22, prepare<Types::any>};
const Op int8::reshape = {"RESHAPE", 22, prepare<Types::int8>};
const Op int16::reshape = {"RESHAPE", 22, prepare<Types::int16>};
const Op float32::reshape = {"RESHAPE", 22, prepare<Types::float32>};

}  // namespace inkling::ops
