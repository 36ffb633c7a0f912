// Checks of scales and zero points; activation ranges as TFLite's CalculateActivationRange(Quantized) defines
// them.
#include "inkling/prepare/quantization.h"

namespace inkling {
namespace {

// The reference clamps to the largest finite numbers, so infinities do not pass.
constexpr float kLargest = 3.4028235e38f;

}  // namespace

Range range_of(Type type) {
  switch (type) {
    case Type::int8:
      return {-128, 127};
    case Type::uint8:
      return {0, 255};
    case Type::int16:
      return {-32768, 32767};
    default:
      return {INT32_MIN, INT32_MAX};
  }
}

Status require_quantized(Prepare& context, const Tensor& tensor) {
  if (tensor.scales.size < 1) return context.fail(Status::bad_value, "a tensor has no scale", 0, 1);
  if (!is_scale(tensor.scale()))
    return context.fail(Status::bad_value, "a scale is not a positive number",
                        round_half_away(tensor.scale()), 1);
  const Range range = range_of(tensor.type);
  const int32_t zero_point = tensor.zero_point();
  if (zero_point < range.low || zero_point > range.high)
    return context.fail(Status::bad_value, "a zero point does not fit its type", zero_point, range.high);
  return Status::ok;
}

Status require_filter_scales(Prepare& context, const Tensor& filter, int32_t n_channels) {
  if (filter.scales.size != 1 && filter.scales.size != n_channels)
    return context.fail(Status::bad_value, "the filter needs one scale, or one per output channel",
                        filter.scales.size, n_channels);
  for (const float scale : filter.scales)
    if (!is_scale(scale))
      return context.fail(Status::bad_value, "a filter scale is not a positive number",
                          round_half_away(scale), 1);
  return Status::ok;
}

Status activation_range(Prepare& context, schema::Activation activation, const Tensor& output, Range* range) {
  *range = range_of(output.type);
  const auto quantized = [&](float bound) {
    const int64_t q = int64_t{round_half_away(bound / output.scale())} + output.zero_point();
    return static_cast<int32_t>(q < INT32_MIN ? INT32_MIN : q > INT32_MAX ? INT32_MAX : q);
  };
  const auto narrow = [&](float low, float high, bool has_high) {
    const int32_t q_low = quantized(low);
    if (q_low > range->low) range->low = q_low;
    const int32_t q_high = has_high ? quantized(high) : range->high;
    if (q_high < range->high) range->high = q_high;
  };
  switch (activation) {
    case schema::Activation::none:
      break;
    case schema::Activation::relu:
      narrow(0.0f, 0.0f, false);
      break;
    case schema::Activation::relu_n1_to_1:
      narrow(-1.0f, 1.0f, true);
      break;
    case schema::Activation::relu6:
      narrow(0.0f, 6.0f, true);
      break;
    default:
      return context.fail(Status::unsupported, "no kernel fuses this activation",
                          static_cast<int32_t>(activation), 3);
  }
  return Status::ok;
}

Status activation_range(Prepare& context, schema::Activation activation, FloatRange* range) {
  *range = {-kLargest, kLargest};
  switch (activation) {
    case schema::Activation::none:
      break;
    case schema::Activation::relu:
      range->low = 0.0f;
      break;
    case schema::Activation::relu_n1_to_1:
      *range = {-1.0f, 1.0f};
      break;
    case schema::Activation::relu6:
      *range = {0.0f, 6.0f};
      break;
    default:
      return context.fail(Status::unsupported, "no kernel fuses this activation",
                          static_cast<int32_t>(activation), 3);
  }
  return Status::ok;
}

}  // namespace inkling
