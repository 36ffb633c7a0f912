// FULLY_CONNECTED: int8 with per-tensor or per-row weights and int32 bias, float32.
#include "inkling/kernels/fully_connected.h"

#include "inkling/ops.h"
#include "inkling/prepare/quantization.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { activation, weights_format };

void eval_int8(const void* params, const Io& io) {
  multiply_rows<Arch>(*static_cast<const FullyConnectedParams*>(params), io.in<int8_t>(0), io.in<int8_t>(1),
                      io.in<int32_t>(2), io.out<int8_t>(0));
}

void eval_float(const void* params, const Io& io) {
  multiply_rows_float(*static_cast<const FullyConnectedFloatParams*>(params), io.in<float>(0),
                      io.in<float>(1), io.in<float>(2), io.out<float>(0));
}

Status prepare_shapes(Prepare& c, const Tensor& input, const Tensor& weights, const Tensor& bias,
                      const Tensor& output, int32_t* batches) {
  if (weights.shape.size != 2)
    return c.fail(Status::bad_shape, "the weights must be a matrix", weights.shape.size, 2);
  const int32_t rows = weights.dim(0), depth = weights.dim(1);
  if (rows < 1 || depth < 1 || input.n_elements % depth != 0)
    return c.fail(Status::bad_shape, "the input is no multiple of the weights' depth", input.n_elements,
                  depth);
  *batches = input.n_elements / depth;
  if (*batches != output.n_elements / rows || output.n_elements % rows != 0)
    return c.fail(Status::bad_shape, "the output's size is not batches times rows", output.n_elements, rows);
  if (bias.present && bias.n_elements != rows)
    return c.fail(Status::bad_shape, "the bias needs one element per row", bias.n_elements, rows);
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(2, 3, 1));
  const Tensor input = c.input(0), weights = c.input(1), bias = c.input(2), output = c.output(0);
  if (output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  if (c.option<uint8_t>(weights_format, 0) != 0)
    return c.fail(Status::unsupported, "no kernel for shuffled weights", c.option<uint8_t>(weights_format, 0),
                  0);
  const auto fused = c.option(activation, schema::Activation::none);
  if (carries(types, Type::int8) && input.type == Type::int8 && weights.type == Type::int8) {
    auto& p = c.params<FullyConnectedParams>();
    TRY(prepare_shapes(c, input, weights, bias, output, &p.batches));
    TRY(require_quantized(c, input));
    TRY(require_quantized(c, output));
    TRY(require_filter_scales(c, weights, weights.dim(0)));
    if (bias.present && bias.type != Type::int32)
      return c.fail(Status::bad_type, "the bias must be int32", static_cast<int32_t>(bias.type), 2);
    Range range;
    TRY(activation_range(c, fused, output, &range));
    p.depth = weights.dim(1);
    p.rows = weights.dim(0);
    p.input_scale = input.scale();
    p.output_scale = output.scale();
    p.filter_scales = weights.scales;
    p.low = range.low;
    p.high = range.high;
    p.input_zero_point = static_cast<int16_t>(input.zero_point());
    p.filter_zero_point = static_cast<int16_t>(weights.zero_point());
    p.output_zero_point = static_cast<int16_t>(output.zero_point());
    p.per_channel = weights.per_channel();
    return c.run_with(eval_int8);
  }
  if (carries(types, Type::float32) && input.type == Type::float32 && weights.type == Type::float32) {
    auto& p = c.params<FullyConnectedFloatParams>();
    TRY(prepare_shapes(c, input, weights, bias, output, &p.batches));
    if (bias.present && bias.type != Type::float32)
      return c.fail(Status::bad_type, "the bias must be float32", static_cast<int32_t>(bias.type), 0);
    FloatRange range;
    TRY(activation_range(c, fused, &range));
    p.depth = weights.dim(1);
    p.rows = weights.dim(0);
    p.low = range.low;
    p.high = range.high;
    return c.run_with(eval_float);
  }
  return c.no_kernel(input.type);
}

}  // namespace

const Op fully_connected = {"FULLY_CONNECTED", 9, prepare<Types::any>};
const Op int8::fully_connected = {"FULLY_CONNECTED", 9, prepare<Types::int8>};
const Op int16::fully_connected = {"FULLY_CONNECTED", 9, prepare<Types::int16>};
const Op float32::fully_connected = {"FULLY_CONNECTED", 9, prepare<Types::float32>};

}  // namespace inkling::ops
