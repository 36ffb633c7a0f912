// ABS: int8 and int16 (rescaling from the input's quantization to the output's; int16 also without), float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

Status prepare_slopes(Prepare& c) {
  const Tensor input = c.input(0), output = c.output(0);
  auto& p = c.params<TwoSlopesParams>();
  if (input.type == Type::int16 && input.scales.size == 0) {  // plain numbers; |-32768| wraps
    p = {input.n_elements, 0, 0, 1 << 30, 1, -(1 << 30), 1, 0, 32768};
    return Status::ok;
  }
  RequantizeParams r;
  TRY(prepare_requantize(c, input, output, &r));
  p = {r.n,   r.input_zero_point, r.output_zero_point, r.multiplier, r.shift, -r.multiplier, r.shift, r.low,
       r.high};
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(expect_unary(c, true));
  const Type type = c.input(0).type;
  const bool is_int8 = carries(types, Type::int8) && type == Type::int8;
  if (is_int8 || (carries(types, Type::int16) && type == Type::int16)) {
    TRY(prepare_slopes(c));
    return is_int8 ? c.run_with<eval_two_slopes<int8_t>>() : c.run_with<eval_two_slopes<int16_t>>();
  }
  return prepare_float_map<types, absolute_float>(c);
}

}  // namespace

const Op abs = {"ABS", 101, prepare<Types::any>};
const Op int8::abs = {"ABS", 101, prepare<Types::int8>};
const Op int16::abs = {"ABS", 101, prepare<Types::int16>};
const Op float32::abs = {"ABS", 101, prepare<Types::float32>};

}  // namespace inkling::ops
