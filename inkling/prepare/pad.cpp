// Paddings and the value to pad with: the output's zero point for int8 and uint8, else 0.
#include "inkling/prepare/pad.h"

#include "inkling/prepare/quantization.h"

namespace inkling {
namespace {

template <int32_t n>
Status store_and_run(Prepare& c, const CopyPlan& plan, const Tensor& output, int32_t fill_bytes,
                     int32_t fill) {
  auto& p = c.params<PadParams<n>>();
  plan.store(&p.inside.copy, p.inside.axes);
  p.n_fills = output.n_bytes / fill_bytes;
  p.fill_bytes = fill_bytes;
  p.fill = fill;
  return c.run_with<eval_pad<n>>();
}

// An int8 value must have the output's quantization, as the reference asks.
Status check_value(Prepare& c, const Tensor& value, const Tensor& output) {
  if (value.type != output.type)
    return c.fail(Status::bad_type, "the value's type differs from the output's",
                  static_cast<int32_t>(value.type), static_cast<int32_t>(output.type));
  if (value.n_elements != 1)
    return c.fail(Status::bad_shape, "the value must be one element", value.n_elements, 1);
  const bool differs = value.zero_point() != output.zero_point() || value.scale() != output.scale();
  if (output.type == Type::int8 && differs)
    return c.fail(Status::bad_value, "the value's quantization differs from the output's", value.zero_point(),
                  output.zero_point());
  return Status::ok;
}

}  // namespace

Status read_paddings(Prepare& c, const Tensor& input, const Tensor& output, Indices* paddings) {
  const int32_t rank = input.shape.size;
  if (output.shape.size != rank)
    return c.fail(Status::bad_shape, "input and output differ in rank", output.shape.size, rank);
  TRY(constant_indices(c, c.input(1), 2 * rank, paddings));
  for (int32_t i = 0; i < rank; ++i) {
    const int64_t before = (*paddings)[2 * i], after = (*paddings)[2 * i + 1];
    if (before < 0 || after < 0)
      return c.fail(Status::bad_value, "a padding is negative",
                    static_cast<int32_t>(before < after ? before : after), 0);
    if (before + input.shape[i] + after != output.shape[i])
      return c.fail(Status::bad_shape, "the output is not the padded input", output.shape[i], input.shape[i]);
  }
  return Status::ok;
}

Status prepare_pad(Prepare& c) {
  TRY(c.expect(2, 3, 1));
  const Tensor input = c.input(0), value = c.input(2), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  Indices paddings;
  TRY(read_paddings(c, input, output, &paddings));
  if (value.present) TRY(check_value(c, value, output));
  int32_t fill = 0;
  if (element_bytes == 1 && !value.present && output.type != Type::boolean) {
    const Range range = range_of(output.type);
    fill = output.zero_point();
    if (fill < range.low || fill > range.high)
      return c.fail(Status::bad_value, "a zero point does not fit its type", fill, range.high);
  }
  CopyPlan plan(element_bytes);
  if (input.n_elements == 0) {
    plan.add(0, 0, 0);
  } else {
    const Strides from(input.shape, element_bytes), to(output.shape, element_bytes);
    for (int32_t i = 0; i < input.shape.size; ++i) {
      plan.to_first += paddings[2 * i] * to.of[i];
      plan.add(input.shape[i], from.of[i], to.of[i]);
    }
  }
  TRY(require_few_axes(c, &plan));
  const bool wide = element_bytes > 4 && !value.present;  // zeros, four bytes at a time
  const int32_t fill_bytes = wide ? 4 : element_bytes;
  return plan.n_axes() <= kFewCopyAxes ? store_and_run<kFewCopyAxes>(c, plan, output, fill_bytes, fill)
                                       : store_and_run<kMaxCopyAxes>(c, plan, output, fill_bytes, fill);
}

}  // namespace inkling
