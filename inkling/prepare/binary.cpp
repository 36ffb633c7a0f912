// The parts of preparing a binary operator that do not depend on its function.
#include "inkling/prepare/binary.h"

namespace inkling {

Status expect_binary(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Type a = c.input(0).type, b = c.input(1).type, output = c.output(0).type;
  if (b != a)
    return c.fail(Status::bad_type, "the inputs differ in type", static_cast<int32_t>(b),
                  static_cast<int32_t>(a));
  if (output != a)
    return c.fail(Status::bad_type, "the output's type differs from the inputs'",
                  static_cast<int32_t>(output), static_cast<int32_t>(a));
  for (int32_t i = 0; i < 2; ++i)  // unless it is broadcast, each element meets the output's own
    if (c.input(i).n_bytes == c.output(0).n_bytes) c.share(i, Lead(0));
  return Status::ok;
}

Status prepare_clamped(Prepare& c, ClampedParams<float>* p) {
  TRY(prepare_broadcast(c, 2, &p->broadcast));
  FloatRange range;
  TRY(activation_range(c, c.option(kActivationOption, schema::Activation::none), &range));
  p->low = range.low;
  p->high = range.high;
  return Status::ok;
}

Status prepare_clamped(Prepare& c, ClampedParams<int32_t>* p) {
  TRY(prepare_broadcast(c, 2, &p->broadcast));
  FloatRange range;
  TRY(activation_range(c, c.option(kActivationOption, schema::Activation::none), &range));
  p->low = round_half_away(range.low);
  p->high = round_half_away(range.high);
  return Status::ok;
}

Status prepare_quantized(Prepare& c, QuantizedParams* p) {
  const Tensor a = c.input(0), b = c.input(1), output = c.output(0);
  TRY(prepare_broadcast(c, 2, &p->broadcast));
  TRY(require_quantized(c, a));
  TRY(require_quantized(c, b));
  TRY(require_quantized(c, output));
  Range range;
  TRY(activation_range(c, c.option(kActivationOption, schema::Activation::none), output, &range));
  p->a_zero_point = static_cast<int16_t>(a.zero_point());
  p->b_zero_point = static_cast<int16_t>(b.zero_point());
  p->output_zero_point = static_cast<int16_t>(output.zero_point());
  p->low = static_cast<int16_t>(range.low);
  p->high = static_cast<int16_t>(range.high);
  return Status::ok;
}

Status require_symmetric(Prepare& c, const Tensor& tensor) {
  if (tensor.type == Type::int16 && tensor.zero_point() != 0)
    return c.fail(Status::bad_value, "the zero point of an int16 tensor must be 0", tensor.zero_point(), 0);
  return Status::ok;
}

Status require_below_one(Prepare& c, int32_t shift) {
  if (shift > 0)
    return c.fail(Status::bad_value, "the output's scale is too small for the inputs'", shift, 0);
  return Status::ok;
}

}  // namespace inkling
