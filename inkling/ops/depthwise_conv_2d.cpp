// DEPTHWISE_CONV_2D: int8 with per-tensor or per-channel filters and int32 bias, float32; any multiplier.
#include "inkling/kernels/depthwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/quantization.h"
#include "inkling/prepare/window.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { padding, stride_w, stride_h, depth_multiplier, activation, dilation_w, dilation_h };

void eval_int8(const void* params, const Io& io) {
  depthwise<Arch>(*static_cast<const DepthwiseParams*>(params), io.in<int8_t>(0), io.in<int8_t>(1),
                  io.in<int32_t>(2), io.out<int8_t>(0), io.scratch<Channel>());
}

void eval_float(const void* params, const Io& io) {
  depthwise_float(*static_cast<const DepthwiseFloatParams*>(params), io.in<float>(0), io.in<float>(1),
                  io.in<float>(2), io.out<float>(0));
}

// Geometry, and whether filter and bias fit it. The multiplier follows from the shapes; the option may lie.
Status prepare_shapes(Prepare& c, const Tensor& input, const Tensor& filter, const Tensor& bias,
                      const Tensor& output, Window* window) {
  if (filter.shape.size != 4)
    return c.fail(Status::bad_shape, "the filter must have rank 4", filter.shape.size, 4);
  const WindowOptions options = {c.option(padding, schema::Padding::same), c.option<int32_t>(stride_h, 0),
                                 c.option<int32_t>(stride_w, 0), c.option<int32_t>(dilation_h, 1),
                                 c.option<int32_t>(dilation_w, 1)};
  TRY(prepare_window(c, input, output, filter.dim(1), filter.dim(2), options, window));
  if (filter.dim(0) != 1 || filter.dim(3) != output.dim(3))
    return c.fail(Status::bad_shape, "the filter's channels differ from the output's", filter.dim(3),
                  output.dim(3));
  if (input.dim(3) < 1 || output.dim(3) < 1 || output.dim(3) % input.dim(3) != 0)
    return c.fail(Status::bad_shape, "the input's channels do not divide the output's", input.dim(3),
                  output.dim(3));
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
    auto& p = c.params<DepthwiseParams>();
    TRY(prepare_shapes(c, input, filter, bias, output, &p.conv.window));
    TRY(require_quantized(c, input));
    TRY(require_quantized(c, output));
    TRY(require_filter_scales(c, filter, output.dim(3)));
    if (bias.present && bias.type != Type::int32)
      return c.fail(Status::bad_type, "the bias must be int32", static_cast<int32_t>(bias.type), 2);
    Range range;
    TRY(activation_range(c, fused, output, &range));
    p.conv.input_scale = input.scale();
    p.conv.output_scale = output.scale();
    p.conv.filter_scales = filter.scales;
    p.conv.group_channels = 1;
    p.conv.low = range.low;
    p.conv.high = range.high;
    p.conv.input_zero_point = static_cast<int16_t>(input.zero_point());
    p.conv.output_zero_point = static_cast<int16_t>(output.zero_point());
    p.depth_multiplier = output.dim(3) / input.dim(3);
    c.request_scratch(output.dim(3) * static_cast<int32_t>(sizeof(Channel)));
    return c.run_with(eval_int8);
  }
  if (carries(types, Type::float32) && input.type == Type::float32 && filter.type == Type::float32) {
    auto& p = c.params<DepthwiseFloatParams>();
    TRY(prepare_shapes(c, input, filter, bias, output, &p.conv.window));
    if (bias.present && bias.type != Type::float32)
      return c.fail(Status::bad_type, "the bias must be float32", static_cast<int32_t>(bias.type), 0);
    FloatRange range;
    TRY(activation_range(c, fused, &range));
    p.conv.low = range.low;
    p.conv.high = range.high;
    p.depth_multiplier = output.dim(3) / input.dim(3);
    return c.run_with(eval_float);
  }
  return c.no_kernel(input.type);
}

}  // namespace

const Op depthwise_conv_2d = {"DEPTHWISE_CONV_2D", 4, prepare<Types::any>};
const Op int8::depthwise_conv_2d = {"DEPTHWISE_CONV_2D", 4, prepare<Types::int8>};
const Op int16::depthwise_conv_2d = {"DEPTHWISE_CONV_2D", 4, prepare<Types::int16>};
const Op float32::depthwise_conv_2d = {"DEPTHWISE_CONV_2D", 4, prepare<Types::float32>};

}  // namespace inkling::ops
