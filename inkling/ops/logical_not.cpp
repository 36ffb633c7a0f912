// LOGICAL_NOT: bool.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  const int32_t n = static_cast<const CountParams*>(params)->n;
  for (int32_t i = 0; i < n; ++i) io.out<uint8_t>(0)[i] = !io.in<uint8_t>(0)[i];
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  const Tensor input = c.input(0);
  if (types != Types::any || input.type != Type::boolean) return c.no_kernel(input.type);
  c.params<CountParams>() = {input.n_elements};
  return c.run_with<eval>();
}

}  // namespace

const Op logical_not = {"LOGICAL_NOT", 87, prepare<Types::any>};
const Op int8::logical_not = {"LOGICAL_NOT", 87, prepare<Types::int8>};
const Op int16::logical_not = {"LOGICAL_NOT", 87, prepare<Types::int16>};
const Op float32::logical_not = {"LOGICAL_NOT", 87, prepare<Types::float32>};

}  // namespace inkling::ops
