// REDUCE_ALL of booleans.
#include "inkling/ops.h"
#include "inkling/prepare/reduce.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  reduce(*static_cast<const Reduction*>(params), LogicReducer<true>(), io.in<uint8_t>(0), io.out<uint8_t>(0));
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

const Op reduce_all = {"REDUCE_ALL", 140, prepare};
const Op int8::reduce_all = {"REDUCE_ALL", 140, prepare};
const Op int16::reduce_all = {"REDUCE_ALL", 140, prepare};
const Op float32::reduce_all = {"REDUCE_ALL", 140, prepare};

}  // namespace inkling::ops
