// LOGISTIC, 1 / (1 + exp(-x)): int8, uint8, int16, float32.
#include "inkling/ops.h"
#include "inkling/prepare/sigmoid.h"

namespace inkling::ops {
namespace {

Status check_output(Prepare& c) {
  const Tensor output = c.output(0);
  const int32_t want = output.type == Type::int16 ? 0 : range_of(output.type).low;
  if (output.type != Type::float32 && output.zero_point() != want)
    return c.fail(Status::bad_value, "the output's zero point must be that of its type's 0 to 1",
                  output.zero_point(), want);
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  TRY(check_output(c));
  return prepare_sigmoid<types, Logistic8, Logistic16, logistic_float>(c, 0);
}

}  // namespace

const Op logistic = {"LOGISTIC", 14, prepare<Types::any>};
const Op int8::logistic = {"LOGISTIC", 14, prepare<Types::int8>};
const Op int16::logistic = {"LOGISTIC", 14, prepare<Types::int16>};
const Op float32::logistic = {"LOGISTIC", 14, prepare<Types::float32>};

}  // namespace inkling::ops
