// REDUCE_ANY of booleans.
#include "inkling/ops.h"
#include "inkling/prepare/reduce.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  reduce(*static_cast<const Reduction*>(params), LogicReducer<false>(), io.in<uint8_t>(0),
         io.out<uint8_t>(0));
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  if (c.input(0).type != Type::boolean || c.output(0).type != Type::boolean)
    return c.fail(Status::bad_type, "input and output must be boolean", static_cast<int32_t>(c.input(0).type),
                  static_cast<int32_t>(Type::boolean));
  TRY(prepare_reduction(c, &c.params<Reduction>()));
  return c.run_with<eval>();
}

}  // namespace

const Op reduce_any = {"REDUCE_ANY", 91, prepare};
const Op int8::reduce_any = {"REDUCE_ANY", 91, prepare};
const Op int16::reduce_any = {"REDUCE_ANY", 91, prepare};
const Op float32::reduce_any = {"REDUCE_ANY", 91, prepare};

}  // namespace inkling::ops
