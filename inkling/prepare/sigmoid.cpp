// The scales of LOGISTIC and TANH.
#include "inkling/prepare/sigmoid.h"

namespace inkling {
namespace {

// Whether a scale is 2^-bits, as near as the reference wants it: within 0.001 of its logarithm.
bool is_power(float scale, int32_t bits) {
  const float ratio = scale * static_cast<float>(1 << bits);
  return ratio > 0.99930709f && ratio < 1.00069339f;
}

}  // namespace

Status prepare_sigmoid_8(Prepare& c, SigmoidParams* p) {
  const Tensor input = c.input(0);
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, c.output(0)));
  const Multiplier m = multiplier(input.scale(), 1.0f, 1.0f, 27);
  if (m.shift < 0) return c.fail(Status::bad_value, "the input's scale is too small", m.shift, 0);
  const auto radius = static_cast<int32_t>((int64_t{15} << 27) >> m.shift);
  *p = {input.n_elements, input.zero_point(), radius, m.value, m.shift};
  return Status::ok;
}

Status prepare_sigmoid_16(Prepare& c, int32_t max_left, SigmoidTableParams* p) {
  const Tensor input = c.input(0), output = c.output(0);
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  if (input.zero_point() != 0 || output.zero_point() != 0)
    return c.fail(Status::bad_value, "the zero points of int16 tensors must be 0", input.zero_point(), 0);
  if (!is_power(output.scale(), 15))
    return c.fail(Status::bad_value, "the output's scale must be 1/32768; as 1/scale",
                  round_half_away(1.0f / output.scale()), 32768);
  for (int32_t left = 0; left <= max_left; ++left)
    if (is_power(input.scale(), 12 - left)) {
      *p = {input.n_elements, 3 << left, 0};
      return Status::ok;
    }
  // scale * 3 * 4096 = multiplier / 2^right, cut to 15 bits (at most 32767, or it moves one bit down); to 16
  // where right is 0, so that a product with an int16 stays inside 32.
  const Multiplier m = multiplier(input.scale(), 3.0f, 1.0f, 12);
  int32_t right = 15 - m.shift, cut = 16;
  if (right < -1) return c.fail(Status::bad_value, "the input's scale is too large", m.shift, 16);
  if (right < 0) right = 0, cut = 15;
  if (right > 0 && m.value > 32767 << 16) --right, ++cut;
  if (right > 31) cut += right - 31, right = 31;
  *p = {input.n_elements, cut > 31 ? 0 : m.value >> cut, right};
  return Status::ok;
}

}  // namespace inkling
