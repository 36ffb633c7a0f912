// CONV_2D: int8 with per-tensor or per-channel filters and int32 bias, float32. Padding, strides, dilation,
// groups.
#include "inkling/kernels/convolution.h"
#include "inkling/ops.h"
#include "inkling/prepare/quantization.h"
#include "inkling/prepare/window.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { padding, stride_w, stride_h, activation, dilation_w, dilation_h };

void eval_int8(const void* params, const Io& io) {
  convolve<Arch>(*static_cast<const Conv2dParams*>(params), io.in<int8_t>(0), io.in<int8_t>(1),
                 io.in<int32_t>(2), io.out<int8_t>(0), io.scratch<void>());
}

void eval_float(const void* params, const Io& io) {
  convolve_float(*static_cast<const Conv2dFloatParams*>(params), io.in<float>(0), io.in<float>(1),
                 io.in<float>(2), io.out<float>(0));
}

// Geometry, and whether filter and bias fit it.
Status prepare_shapes(Prepare& c, const Tensor& input, const Tensor& filter, const Tensor& bias,
                      const Tensor& output, Window* window) {
  if (filter.shape.size != 4)
    return c.fail(Status::bad_shape, "the filter must have rank 4", filter.shape.size, 4);
  const WindowOptions options = {c.option(padding, schema::Padding::same), c.option<int32_t>(stride_h, 0),
                                 c.option<int32_t>(stride_w, 0), c.option<int32_t>(dilation_h, 1),
                                 c.option<int32_t>(dilation_w, 1)};
  TRY(prepare_window(c, input, output, filter.dim(1), filter.dim(2), options, window));
  if (filter.dim(0) != output.dim(3))
    return c.fail(Status::bad_shape, "the filter's outputs differ from the output's channels", filter.dim(0),
                  output.dim(3));
  if (filter.dim(3) < 1 || input.dim(3) % filter.dim(3) != 0 || input.dim(3) == 0)
    return c.fail(Status::bad_shape, "the filter's depth does not divide the input's channels", filter.dim(3),
                  input.dim(3));
  if (output.dim(3) % (input.dim(3) / filter.dim(3)) != 0)
    return c.fail(Status::bad_shape, "the groups do not divide the output's channels",
                  input.dim(3) / filter.dim(3), output.dim(3));
  if (bias.present && bias.n_elements != output.dim(3))
    return c.fail(Status::bad_shape, "the bias needs one element per output channel", bias.n_elements,
                  output.dim(3));
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(2, 3, 1));
  const Tensor input = c.input(0), filter = c.input(1), bias = c.input(2), output = c.output(0);
  if (output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  const auto fused = c.option(activation, schema::Activation::none);
  if (carries(types, Type::int8) && input.type == Type::int8 && filter.type == Type::int8) {
    auto& p = c.params<Conv2dParams>();
    TRY(prepare_shapes(c, input, filter, bias, output, &p.window));
    TRY(require_quantized(c, input));
    TRY(require_quantized(c, output));
    TRY(require_filter_scales(c, filter, output.dim(3)));
    if (bias.present && bias.type != Type::int32)
      return c.fail(Status::bad_type, "the bias must be int32", static_cast<int32_t>(bias.type), 2);
    Range range;
    TRY(activation_range(c, fused, output, &range));
    p.input_scale = input.scale();
    p.output_scale = output.scale();
    p.filter_scales = filter.scales;
    p.group_channels = filter.dim(3);
    p.low = range.low;
    p.high = range.high;
    p.input_zero_point = static_cast<int16_t>(input.zero_point());
    p.output_zero_point = static_cast<int16_t>(output.zero_point());
    p.pointwise = filter.dim(1) == 1 && filter.dim(2) == 1 && filter.dim(3) == input.dim(3);
    c.request_scratch(convolve_scratch_bytes(p));
    return c.run_with(eval_int8);
  }
  if (carries(types, Type::float32) && input.type == Type::float32 && filter.type == Type::float32) {
    auto& p = c.params<Conv2dFloatParams>();
    TRY(prepare_shapes(c, input, filter, bias, output, &p.window));
    if (bias.present && bias.type != Type::float32)
      return c.fail(Status::bad_type, "the bias must be float32", static_cast<int32_t>(bias.type), 0);
    FloatRange range;
    TRY(activation_range(c, fused, &range));
    p.group_channels = filter.dim(3);
    p.low = range.low;
    p.high = range.high;
    return c.run_with(eval_float);
  }
  return c.no_kernel(input.type);
}

}  // namespace

const Op conv_2d = {"CONV_2D", 3, prepare<Types::any>};
const Op int8::conv_2d = {"CONV_2D", 3, prepare<Types::int8>};
const Op int16::conv_2d = {"CONV_2D", 3, prepare<Types::int16>};
const Op float32::conv_2d = {"CONV_2D", 3, prepare<Types::float32>};

}  // namespace inkling::ops
