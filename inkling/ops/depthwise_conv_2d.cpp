// DEPTHWISE_CONV_2D: int8 over int8 or int4 filters, int16 over int8, uint8, float32, float32 over int8
// (hybrid); any multiplier.
#include "inkling/kernels/depthwise.h"
#include "inkling/ops.h"
#include "inkling/prepare/layer.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { padding, stride_w, stride_h, depth_multiplier, activation, dilation_w, dilation_h };

void eval_int8(const void* params, const Io& io) {
  depthwise<Arch>(*static_cast<const DepthwiseParams*>(params), io.in<int8_t>(0), io.in<int8_t>(1),
                  io.in<int32_t>(2), io.out<int8_t>(0), io.scratch<void>());
}

template <class Layer, class Filter = const typename Layer::Weight*>
void eval_plain(const void* params, const Io& io) {
  const auto& p = *static_cast<const DepthwiseParams*>(params);
  const Layer layer{p.layer, {p.layer, io.scratch<void>()}, io.in<typename Layer::Bias>(2)};
  depthwise_plain(p.window, p.depth_multiplier, layer, io.in<typename Layer::Input>(0),
                  Filter{io.in<typename Layer::Weight>(1)}, io.out<typename Layer::Input>(0));
}

void eval_float(const void* params, const Io& io) {
  const auto& p = *static_cast<const DepthwiseFloatParams*>(params);
  depthwise_plain(p.window, p.depth_multiplier, FloatLayer{p.layer.low, p.layer.high, io.in<float>(2)},
                  io.in<float>(0), io.in<float>(1), io.out<float>(0));
}

void eval_hybrid(const void* params, const Io& io) {
  depthwise_hybrid<Arch>(*static_cast<const DepthwiseHybridParams*>(params), io.in<float>(0),
                         io.in<int8_t>(1), io.in<float>(2), io.out<float>(0), io.scratch<int8_t>());
}

// Geometry, and whether the filter fits it. The multiplier follows from the shapes; the option may lie.
Status prepare_shapes(Prepare& c, const LayerOperands& t, Window* window, int32_t* multiplier) {
  TRY(prepare_filter_window(c, t, dilation_w, window));
  const int32_t in = t.input.dim(3), out = t.output.dim(3);
  if (t.filter.dim(0) != 1 || t.filter.dim(3) != out)
    return c.fail(Status::bad_shape, "the filter's channels differ from the output's", t.filter.dim(3), out);
  if (in < 1 || out < 1 || out % in != 0)
    return c.fail(Status::bad_shape, "the input's channels do not divide the output's", in, out);
  *multiplier = out / in;
  return Status::ok;
}

Status prepare_integer(Prepare& c, const LayerOperands& t, Type bias_type, DepthwiseParams* p) {
  TRY(prepare_shapes(c, t, &p->window, &p->depth_multiplier));
  TRY(prepare_layer(c, t, t.output.dim(3), bias_type, c.option(activation, schema::Activation::none),
                    &p->layer));
  c.request_scratch(Multipliers::scratch_bytes(p->layer));
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  const LayerOperands t(c);
  TRY(check_operands(c, t));
  const auto fused = c.option(activation, schema::Activation::none);
  if (carries(types, Type::int8) && t.are(Type::int8, Type::int8)) {
    auto& p = c.params<DepthwiseParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    c.request_scratch(depthwise_scratch_bytes(p));
    c.share(0, Lead(depthwise_lead(p), true));
    return c.run_with<eval_int8>();
  }
  if (types == Types::any && t.are(Type::int8, Type::int4)) {
    auto& p = c.params<DepthwiseParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    return c.run_with<eval_plain<Int8Layer<Arch>, Int4Array>>();
  }
  if (carries(types, Type::int16) && t.are(Type::int16, Type::int8)) {
    auto& p = c.params<DepthwiseParams>();
    TRY(prepare_integer(c, t, Type::int64, &p));
    TRY(check_int16_layer(c, p.layer));
    return c.run_with<eval_plain<Int16Layer<Arch, uint64_t, int64_t>>>();
  }
  if (types == Types::any && t.are(Type::uint8, Type::uint8)) {
    auto& p = c.params<DepthwiseParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    TRY(use_one_filter_scale(c, t, &p.layer));
    return c.run_with<eval_plain<AsymmetricLayer<Arch, uint8_t>>>();
  }
  if (carries(types, Type::float32) && t.are(Type::float32, Type::float32)) {
    auto& p = c.params<DepthwiseFloatParams>();
    TRY(prepare_shapes(c, t, &p.window, &p.depth_multiplier));
    TRY(prepare_layer(c, t, t.output.dim(3), fused, &p.layer));
    return c.run_with<eval_float>();
  }
  if (types == Types::any && t.are(Type::float32, Type::int8)) {
    auto& p = c.params<DepthwiseHybridParams>();
    TRY(prepare_shapes(c, t, &p.window, &p.depth_multiplier));
    TRY(prepare_layer(c, t, t.output.dim(3), fused, &p.layer));
    c.request_scratch(t.input.n_elements / t.input.dim(0));
    return c.run_with<eval_hybrid>();
  }
  return c.no_kernel(t.input.type);
}

}  // namespace

const Op depthwise_conv_2d = {"DEPTHWISE_CONV_2D", 4, prepare<Types::any>};
const Op int8::depthwise_conv_2d = {"DEPTHWISE_CONV_2D", 4, prepare<Types::int8>};
const Op int16::depthwise_conv_2d = {"DEPTHWISE_CONV_2D", 4, prepare<Types::int16>};
const Op float32::depthwise_conv_2d = {"DEPTHWISE_CONV_2D", 4, prepare<Types::float32>};

}  // namespace inkling::ops
