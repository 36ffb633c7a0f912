// The checks of unary operators, and what follows from their scales.
#include "inkling/prepare/unary.h"

namespace inkling {

Status expect_unary(Prepare& c, bool same_type) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (same_type && output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  if (output.n_elements != input.n_elements)
    return c.fail(Status::bad_shape, "input and output differ in size", output.n_elements, input.n_elements);
  // Element by element, so that the output may end with the input; C++ wants no other types to share memory
  // but bytes.
  const int32_t growth = output.n_bytes - input.n_bytes;
  if (output.type == input.type || bits_of(output.type) == 8 || bits_of(input.type) == 8)
    c.share(0, Lead(growth > 0 ? growth : 0));
  return Status::ok;
}

Status expect_rows(Prepare& c, int32_t* rows, int32_t* depth) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (input.shape.size < 1) return c.fail(Status::bad_shape, "the input must have at least rank 1", 0, 1);
  if (!equal(input.shape, output.shape))
    return c.fail(Status::bad_shape, "input and output differ in shape", output.n_elements, input.n_elements);
  *depth = input.dim(input.shape.size - 1);
  *rows = *depth > 0 ? input.n_elements / *depth : 0;
  return Status::ok;
}

Status prepare_requantize(Prepare& c, const Tensor& input, const Tensor& output, RequantizeParams* p) {
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  const Multiplier m = multiplier(input.scale(), 1.0f, output.scale());
  const Range range = range_of(output.type);
  *p = {input.n_elements, input.zero_point(), output.zero_point(), m.value, m.shift, range.low, range.high};
  return Status::ok;
}

Range narrow(const Range& range, const FloatRange& reals, const Tensor& output) {
  const auto quantized = [&](float bound) {
    const int64_t q = int64_t{round_half_away(bound / output.scale())} + output.zero_point();
    return static_cast<int32_t>(q < range.low ? range.low : q > range.high ? range.high : q);
  };
  return {quantized(reals.low), quantized(reals.high)};
}

Status prepare_quantized_map(Prepare& c, QuantizedMapParams* p) {
  const Tensor input = c.input(0), output = c.output(0);
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  *p = {input.n_elements, input.scale(), 1.0f / output.scale(), input.zero_point(), output.zero_point()};
  if (p->n > 256) c.request_scratch(256);
  return Status::ok;
}

}  // namespace inkling
