// The shared checks of layers.
#include "inkling/prepare/layer.h"

namespace inkling {
namespace {

enum Option : int32_t { padding, stride_w, stride_h };

Status check_bias(Prepare& c, const Tensor& bias, int32_t n_channels, Type type) {
  if (!bias.present) return Status::ok;
  if (bias.type != type)
    return c.fail(Status::bad_type, "the bias has the wrong type", static_cast<int32_t>(bias.type),
                  static_cast<int32_t>(type));
  if (bias.n_elements != n_channels)
    return c.fail(Status::bad_shape, "the bias needs one element per output channel", bias.n_elements,
                  n_channels);
  return Status::ok;
}

}  // namespace

Status check_operands(Prepare& c, const LayerOperands& t) {
  TRY(c.expect(2, 3, 1));
  if (t.output.type != t.input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(t.output.type), static_cast<int32_t>(t.input.type));
  return Status::ok;
}

Status prepare_filter_window(Prepare& c, const LayerOperands& t, int32_t dilation_option, Window* window) {
  if (t.filter.shape.size != 4)
    return c.fail(Status::bad_shape, "the filter must have rank 4", t.filter.shape.size, 4);
  const WindowOptions options = {c.option(padding, schema::Padding::same), c.option<int32_t>(stride_h, 0),
                                 c.option<int32_t>(stride_w, 0), c.option<int32_t>(dilation_option + 1, 1),
                                 c.option<int32_t>(dilation_option, 1)};
  TRY(prepare_window(c, t.input, t.output, t.filter.dim(1), t.filter.dim(2), options, window));
  const bool hybrid = t.input.type == Type::float32 && t.filter.type != Type::float32;
  if (!hybrid && t.filter.type != Type::int4)
    c.share(0, Lead(window_lead(*window, bits_of(t.input.type) / 8)));
  return Status::ok;
}

Status prepare_layer(Prepare& c, const LayerOperands& t, int32_t n_channels, Type bias_type,
                     schema::Activation activation, LayerParams* p) {
  TRY(require_quantized(c, t.input));
  TRY(require_quantized(c, t.output));
  TRY(require_filter_scales(c, t.filter, n_channels));
  TRY(check_bias(c, t.bias, n_channels, bias_type));
  Range range;
  TRY(activation_range(c, activation, t.output, &range));
  p->input_scale = t.input.scale();
  p->output_scale = t.output.scale();
  p->filter_scales = t.filter.scales;
  if (p->filter_scales.size == 1) p->one = multiplier(p->input_scale, p->filter_scales[0], p->output_scale);
  p->low = static_cast<int16_t>(range.low);
  p->high = static_cast<int16_t>(range.high);
  p->input_zero_point = static_cast<int16_t>(t.input.zero_point());
  p->output_zero_point = static_cast<int16_t>(t.output.zero_point());
  return Status::ok;
}

Status prepare_layer(Prepare& c, const LayerOperands& t, int32_t n_channels, schema::Activation activation,
                     FloatLayerParams* p) {
  TRY(check_bias(c, t.bias, n_channels, Type::float32));
  FloatRange range;
  TRY(activation_range(c, activation, &range));
  *p = {range.low, range.high};
  return Status::ok;
}

Status prepare_layer(Prepare& c, const LayerOperands& t, int32_t n_channels, schema::Activation activation,
                     HybridParams* p) {
  TRY(prepare_layer(c, t, n_channels, activation, &p->range));
  TRY(require_filter_scales(c, t.filter, n_channels));
  p->filter_scales = t.filter.scales;
  p->asymmetric = t.filter.per_channel();
  return Status::ok;
}

Status use_one_filter_scale(Prepare& c, const LayerOperands& t, LayerParams* p) {
  if (t.filter.per_channel())
    return c.fail(Status::unsupported, "the filter may have one scale only", t.filter.scales.size, 1);
  TRY(require_quantized(c, t.filter));
  p->filter_zero_point = static_cast<int16_t>(t.filter.zero_point());
  p->one = multiplier(p->input_scale * p->filter_scales[0], 1.0f, p->output_scale);
  return Status::ok;
}

Status check_int16_layer(Prepare& c, const LayerParams& p) {
  const int32_t zero_points = p.input_zero_point | p.filter_zero_point | p.output_zero_point;
  if (zero_points != 0)
    return c.fail(Status::bad_value, "a layer of int16 has no zero points", zero_points, 0);
  for (int32_t i = 0; i < p.filter_scales.size; ++i)
    if (const Multiplier m = layer_multiplier(p, i); m.shift > 14)
      return c.fail(Status::bad_value, "the output's scale is too small for the inputs'", m.shift, 14);
  return Status::ok;
}

}  // namespace inkling
