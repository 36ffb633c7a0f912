// SAME keeps ceil(input / stride) positions and pads what is missing, the smaller half in front; VALID pads
// nothing.
#include "inkling/prepare/window.h"

namespace inkling {
namespace {

// One axis: how many output positions there are, and the padding in front.
struct Axis {
  int32_t n_output, pad;
};

Axis place(int32_t n_input, int32_t n_taps, int32_t stride, int32_t dilation, schema::Padding padding) {
  const int32_t extent = (n_taps - 1) * dilation + 1;
  const int32_t reach = padding == schema::Padding::same ? n_input + stride - 1 : n_input + stride - extent;
  const int32_t n_output = reach > 0 ? reach / stride : 0;
  const int32_t missing = (n_output - 1) * stride + extent - n_input;
  return {n_output, missing > 0 ? missing / 2 : 0};
}

bool small(int32_t x) {
  return x >= 1 && x <= INT16_MAX;
}

}  // namespace

Status prepare_window(Prepare& context, const Tensor& input, const Tensor& output, int32_t filter_height,
                      int32_t filter_width, const WindowOptions& options, Window* window) {
  if (input.shape.size != 4)
    return context.fail(Status::bad_shape, "the input must have rank 4", input.shape.size, 4);
  if (output.shape.size != 4)
    return context.fail(Status::bad_shape, "the output must have rank 4", output.shape.size, 4);
  if (!small(filter_height) || !small(filter_width))
    return context.fail(Status::bad_shape, "a filter's height or width is out of range", filter_height,
                        INT16_MAX);
  if (!small(options.stride_height) || !small(options.stride_width))
    return context.fail(Status::bad_value, "a stride is out of range", options.stride_height, INT16_MAX);
  if (!small(options.dilation_height) || !small(options.dilation_width) ||
      options.dilation_height * filter_height > INT16_MAX ||
      options.dilation_width * filter_width > INT16_MAX)
    return context.fail(Status::bad_value, "a dilation is out of range", options.dilation_height, INT16_MAX);
  if (input.n_bytes > kMaxFeatureMapBytes || output.n_bytes > kMaxFeatureMapBytes)
    return context.fail(Status::bad_shape, "a feature map is too large", input.n_bytes, kMaxFeatureMapBytes);
  const Axis rows =
      place(input.dim(1), filter_height, options.stride_height, options.dilation_height, options.padding);
  const Axis columns =
      place(input.dim(2), filter_width, options.stride_width, options.dilation_width, options.padding);
  if (output.dim(0) != input.dim(0))
    return context.fail(Status::bad_shape, "input and output have different batches", output.dim(0),
                        input.dim(0));
  // Models exist whose output is larger than the rule gives; the reference computes them all the same. What
  // must hold is that every window touches the input.
  if (output.dim(1) > 0 &&
      (input.dim(1) == 0 || (int64_t{output.dim(1)} - 1) * options.stride_height - rows.pad >= input.dim(1)))
    return context.fail(Status::bad_shape, "the output is too high for the input", output.dim(1),
                        rows.n_output);
  if (output.dim(2) > 0 &&
      (input.dim(2) == 0 ||
       (int64_t{output.dim(2)} - 1) * options.stride_width - columns.pad >= input.dim(2)))
    return context.fail(Status::bad_shape, "the output is too wide for the input", output.dim(2),
                        columns.n_output);
  *window = {input.dim(0),
             input.dim(1),
             input.dim(2),
             input.dim(3),
             output.dim(1),
             output.dim(2),
             output.dim(3),
             static_cast<int16_t>(filter_height),
             static_cast<int16_t>(filter_width),
             static_cast<int16_t>(options.stride_height),
             static_cast<int16_t>(options.stride_width),
             static_cast<int16_t>(options.dilation_height),
             static_cast<int16_t>(options.dilation_width),
             static_cast<int16_t>(rows.pad),
             static_cast<int16_t>(columns.pad)};
  return Status::ok;
}

}  // namespace inkling
