// Pool2DOptions and the checks that let the kernel divide by the number of taps.
#include "inkling/prepare/pooling.h"

namespace inkling {
namespace {

enum Option : int32_t { padding, stride_w, stride_h, filter_width, filter_height, activation };

Status prepare_geometry(Prepare& c, const Tensor& input, const Tensor& output, Window* window) {
  const WindowOptions options = {c.option(padding, schema::Padding::same), c.option<int32_t>(stride_h, 0),
                                 c.option<int32_t>(stride_w, 0), 1, 1};
  TRY(prepare_window(c, input, output, c.option<int32_t>(filter_height, 0),
                     c.option<int32_t>(filter_width, 0), options, window));
  if (input.dim(3) != output.dim(3))
    return c.fail(Status::bad_shape, "input and output have different channels", output.dim(3), input.dim(3));
  c.share(0, Lead(window_lead(*window, bits_of(input.type) / 8)));
  return Status::ok;
}

}  // namespace

Status prepare_pool(Prepare& c, const Tensor& input, const Tensor& output, PoolParams<int32_t>* params) {
  TRY(prepare_geometry(c, input, output, &params->window));
  TRY(require_quantized(c, output));
  Range range;
  TRY(activation_range(c, c.option(activation, schema::Activation::none), output, &range));
  params->low = range.low;
  params->high = range.high;
  return Status::ok;
}

Status prepare_pool(Prepare& c, const Tensor& input, const Tensor& output, PoolParams<float>* params) {
  TRY(prepare_geometry(c, input, output, &params->window));
  FloatRange range;
  TRY(activation_range(c, c.option(activation, schema::Activation::none), &range));
  params->low = range.low;
  params->high = range.high;
  return Status::ok;
}

}  // namespace inkling
