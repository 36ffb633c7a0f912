// Reads the geometry of convolutions and pooling from shapes and options, with TFLite's rules of padding.
#pragma once
#include "inkling/format/schema.h"
#include "inkling/kernels/window.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// What an operator's options say about its window.
struct WindowOptions {
  schema::Padding padding;
  int32_t stride_height, stride_width;
  int32_t dilation_height, dilation_width;
};

/// Feature maps above this are refused, so that positions times strides stay within 31 bits.
constexpr int32_t kMaxFeatureMapBytes = 1 << 28;

/// Fills `window` for a filter of filter_height x filter_width taps. Fails when input or output is not of
/// rank 4, when a number is out of range, or when a window lies outside the input.
Status prepare_window(Prepare& context, const Tensor& input, const Tensor& output, int32_t filter_height,
                      int32_t filter_width, const WindowOptions& options, Window* window);

}  // namespace inkling
