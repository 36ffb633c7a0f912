// RANGE: float32, int32. The output's size, fixed in the model, says where the range ends.
#include "inkling/kernels/elementwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/context.h"

namespace inkling::ops {
namespace {

// Adds step by step as the reference does. Wide: the type to add in.
template <class T, class Wide>
void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const CountParams*>(params);
  auto value = static_cast<Wide>(*io.in<T>(0));
  const auto step = static_cast<Wide>(*io.in<T>(2));
  for (int32_t i = 0; i < p.n; ++i, value += step) io.out<T>(0)[i] = static_cast<T>(value);
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(3, 3, 1));
  const Tensor output = c.output(0);
  for (int32_t i = 0; i < 3; ++i) {
    const Tensor input = c.input(i);
    if (input.type != output.type)
      return c.fail(Status::bad_type, "an input's type differs from the output's",
                    static_cast<int32_t>(input.type), static_cast<int32_t>(output.type));
    if (input.n_elements != 1)
      return c.fail(Status::bad_shape, "start, limit and step must be one element", input.n_elements, 1);
  }
  c.params<CountParams>() = {output.n_elements};
  if (carries(types, Type::float32) && output.type == Type::float32) return c.run_with<eval<float, float>>();
  if (types == Types::any && output.type == Type::int32) return c.run_with<eval<int32_t, uint32_t>>();
  return c.no_kernel(output.type);
}

}  // namespace

const Op range = {"RANGE", 96, prepare<Types::any>};
const Op int8::range = {"RANGE", 96, prepare<Types::int8>};
const Op int16::range = {"RANGE", 96, prepare<Types::int16>};
const Op float32::range = {"RANGE", 96, prepare<Types::float32>};

}  // namespace inkling::ops
