// What the quantized operators check and derive alike: scales, zero points, activation ranges.
#pragma once
#include "inkling/core/multiplier.h"
#include "inkling/format/schema.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// The values that a fused activation lets through, in the output's units.
struct Range {
  int32_t low, high;
};
struct FloatRange {
  float low, high;
};

/// Fails unless every tensor that is integer here has one usable scale and a zero point that fits its type.
Status require_quantized(Prepare& context, const Tensor& tensor);

/// Fails unless `filter` has one scale, or one per slice of `n_channels`, all usable and zero points 0.
Status require_filter_scales(Prepare& context, const Tensor& filter, int32_t n_channels);

/// The range of a fused activation in the units of `output`: zero_point + round(bound / scale), within the
/// type. Fails for activations that the quantized kernels do not have.
Status activation_range(Prepare& context, schema::Activation activation, const Tensor& output, Range* range);
Status activation_range(Prepare& context, schema::Activation activation, FloatRange* range);

/// Smallest and largest value of an integer type.
Range range_of(Type type);

}  // namespace inkling
