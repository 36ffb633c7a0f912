// TRANSPOSE_CONV: int8, int16 over int8 filters with bias of int16 or int64, uint8, float32. Input 0, the
// output's shape, is not read: the output's tensor has it.
#include "inkling/kernels/transpose_conv.h"

#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/layer.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { padding, stride_w, stride_h, activation };
enum Input : int32_t { output_shape, filter, input, bias };

template <class Layer>
void eval_plain(const void* params, const Io& io) {
  const auto& p = *static_cast<const TransposeConvParams*>(params);
  const Layer layer{p.layer, {p.layer, io.scratch<void>()}, io.in<typename Layer::Bias>(bias)};
  convolve_transposed(p.window, layer, io.in<typename Layer::Input>(input),
                      io.in<typename Layer::Weight>(filter), io.out<typename Layer::Input>(0));
}

void eval_float(const void* params, const Io& io) {
  const auto& p = *static_cast<const TransposeConvFloatParams*>(params);
  convolve_transposed(p.window, FloatLayer{p.layer.low, p.layer.high, io.in<float>(bias)},
                      io.in<float>(input), io.in<float>(filter), io.out<float>(0));
}

// The window of the convolution from output to input.
Status prepare_geometry(Prepare& c, const LayerOperands& t, Window* window) {
  if (t.filter.shape.size != 4)
    return c.fail(Status::bad_shape, "the filter must have rank 4", t.filter.shape.size, 4);
  const WindowOptions options = {c.option(padding, schema::Padding::same), c.option<int32_t>(stride_h, 0),
                                 c.option<int32_t>(stride_w, 0), 1, 1};
  TRY(prepare_window(c, t.output, t.input, t.filter.dim(1), t.filter.dim(2), options, window));
  if (t.filter.dim(0) != t.output.dim(3))
    return c.fail(Status::bad_shape, "the filter's outputs differ from the output's channels",
                  t.filter.dim(0), t.output.dim(3));
  if (t.filter.dim(3) != t.input.dim(3))
    return c.fail(Status::bad_shape, "the filter's depth differs from the input's channels", t.filter.dim(3),
                  t.input.dim(3));
  return Status::ok;
}

Status prepare_integer(Prepare& c, const LayerOperands& t, Type bias_type, TransposeConvParams* p) {
  TRY(prepare_geometry(c, t, &p->window));
  TRY(prepare_layer(c, t, t.output.dim(3), bias_type, c.option(activation, schema::Activation::none),
                    &p->layer));
  c.request_scratch(Multipliers::scratch_bytes(p->layer));
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(3, 4, 1));
  TRY(require_index_type(c, c.input(output_shape)));
  const LayerOperands t(c, input, filter, bias);
  if (t.output.type != t.input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(t.output.type), static_cast<int32_t>(t.input.type));
  if (carries(types, Type::int8) && t.are(Type::int8, Type::int8)) {
    TRY(prepare_integer(c, t, Type::int32, &c.params<TransposeConvParams>()));
    return c.run_with<eval_plain<Int8Layer<Arch>>>();
  }
  if (carries(types, Type::int16) && t.are(Type::int16, Type::int8)) {
    auto& p = c.params<TransposeConvParams>();
    const bool narrow = t.bias.present && t.bias.type == Type::int16;
    TRY(prepare_integer(c, t, narrow ? Type::int16 : Type::int64, &p));
    TRY(check_int16_layer(c, p.layer));
    return narrow ? c.run_with<eval_plain<Int16Layer<Arch, uint64_t, int16_t>>>()
                  : c.run_with<eval_plain<Int16Layer<Arch, uint64_t, int64_t>>>();
  }
  if (types == Types::any && t.are(Type::uint8, Type::uint8)) {
    auto& p = c.params<TransposeConvParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    TRY(use_one_filter_scale(c, t, &p.layer));
    return c.run_with<eval_plain<AsymmetricLayer<Arch, uint8_t>>>();
  }
  if (carries(types, Type::float32) && t.are(Type::float32, Type::float32)) {
    auto& p = c.params<TransposeConvFloatParams>();
    TRY(prepare_geometry(c, t, &p.window));
    TRY(prepare_layer(c, t, t.output.dim(3), c.option(activation, schema::Activation::none), &p.layer));
    return c.run_with<eval_float>();
  }
  return c.no_kernel(t.input.type);
}

}  // namespace

const Op transpose_conv = {"TRANSPOSE_CONV", 67, prepare<Types::any>};
const Op int8::transpose_conv = {"TRANSPOSE_CONV", 67, prepare<Types::int8>};
const Op int16::transpose_conv = {"TRANSPOSE_CONV", 67, prepare<Types::int16>};
const Op float32::transpose_conv = {"TRANSPOSE_CONV", 67, prepare<Types::float32>};

}  // namespace inkling::ops
