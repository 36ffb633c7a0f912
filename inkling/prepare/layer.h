// What CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV and FULLY_CONNECTED check and derive alike.
#pragma once
#include "inkling/kernels/hybrid.h"
#include "inkling/prepare/quantization.h"
#include "inkling/prepare/window.h"

namespace inkling {

/// The operands of a layer, and which of the operator's inputs they are. The bias may be absent.
struct LayerOperands {
  Tensor input, filter, bias, output;

  explicit LayerOperands(const Prepare& c, int32_t input_index = 0, int32_t filter_index = 1,
                         int32_t bias_index = 2)
      : input(c.input(input_index)),
        filter(c.input(filter_index)),
        bias(c.input(bias_index)),
        output(c.output(0)) {}

  /// Whether inputs are of type `input_type` and the filter is of type `filter_type`.
  bool are(Type input_type, Type filter_type) const {
    return input.type == input_type && filter.type == filter_type;
  }
};

/// Fails unless the operator has two inputs, or three, and an output of the type of its input.
Status check_operands(Prepare& context, const LayerOperands& t);

/// The window of CONV_2D and DEPTHWISE_CONV_2D, whose options have padding and strides in fields 0 to 2 and
/// the dilations (width, height) from `dilation_option` on.
Status prepare_filter_window(Prepare& context, const LayerOperands& t, int32_t dilation_option,
                             Window* window);

/// Scales, zero points and range of an integer layer with `n_channels` outputs; the filter's zero points
/// count as 0. Fails when a number is unusable or the bias has not `n_channels` elements of `bias_type`.
Status prepare_layer(Prepare& context, const LayerOperands& t, int32_t n_channels, Type bias_type,
                     schema::Activation activation, LayerParams* params);

/// The same for float32, and for hybrid layers, whose filter is int8.
Status prepare_layer(Prepare& context, const LayerOperands& t, int32_t n_channels,
                     schema::Activation activation, FloatLayerParams* params);
Status prepare_layer(Prepare& context, const LayerOperands& t, int32_t n_channels,
                     schema::Activation activation, HybridParams* params);

/// Makes a prepared layer one that has one scale for all channels: the filter's zero point counts, and scales
/// are multiplied as the reference does then. Fails when the filter has more scales.
Status use_one_filter_scale(Prepare& context, const LayerOperands& t, LayerParams* params);

/// Fails unless a prepared layer of int16 can run: no zero points, and shifts that requantize_wide can do.
Status check_int16_layer(Prepare& context, const LayerParams& params);

/// Whether a layer of int16 sums in 64 bits: unless its bias is int32.
inline bool sums_wide(const LayerOperands& t) {
  return !t.bias.present || t.bias.type == Type::int64;
}

}  // namespace inkling
