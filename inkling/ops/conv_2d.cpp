// CONV_2D: int8 over int8 or int4 filters, int16 over int8, uint8, float32, float32 over int8 (hybrid).
// Padding, strides, dilation, groups.
#include "inkling/kernels/convolution.h"
#include "inkling/kernels/convolution_plain.h"
#include "inkling/ops.h"
#include "inkling/prepare/layer.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { padding, stride_w, stride_h, activation, dilation_w, dilation_h };

void eval_int8(const void* params, const Io& io) {
  convolve<Arch>(*static_cast<const Conv2dParams*>(params), io.in<int8_t>(0), io.in<int8_t>(1),
                 io.in<int32_t>(2), io.out<int8_t>(0), io.scratch<void>());
}

void eval_int4(const void* params, const Io& io) {
  convolve_int4<Arch>(*static_cast<const Conv2dParams*>(params), io.in<int8_t>(0), io.in<int8_t>(1),
                      io.in<int32_t>(2), io.out<int8_t>(0), io.scratch<void>());
}

template <class Layer>
void eval_plain(const void* params, const Io& io) {
  const auto& p = *static_cast<const Conv2dParams*>(params);
  const Layer layer{p.layer, {p.layer, io.scratch<void>()}, io.in<typename Layer::Bias>(2)};
  convolve_plain(p.patches.window, p.patches.group_channels, layer, io.in<typename Layer::Input>(0),
                 io.in<typename Layer::Weight>(1), io.out<typename Layer::Input>(0));
}

void eval_float(const void* params, const Io& io) {
  const auto& p = *static_cast<const Conv2dFloatParams*>(params);
  convolve_plain(p.window, p.group_channels, FloatLayer{p.layer.low, p.layer.high, io.in<float>(2)},
                 io.in<float>(0), io.in<float>(1), io.out<float>(0));
}

void eval_hybrid(const void* params, const Io& io) {
  convolve_hybrid<Arch>(*static_cast<const Conv2dHybridParams*>(params), io.in<float>(0), io.in<int8_t>(1),
                        io.in<float>(2), io.out<float>(0), io.scratch<int8_t>());
}

// Geometry, and whether the filter fits it.
Status prepare_shapes(Prepare& c, const LayerOperands& t, Window* window, int32_t* group_channels) {
  TRY(prepare_filter_window(c, t, dilation_w, window));
  const int32_t depth = t.filter.dim(3), in = t.input.dim(3), out = t.output.dim(3);
  if (t.filter.dim(0) != out)
    return c.fail(Status::bad_shape, "the filter's outputs differ from the output's channels",
                  t.filter.dim(0), out);
  if (depth < 1 || in % depth != 0 || in == 0)
    return c.fail(Status::bad_shape, "the filter's depth does not divide the input's channels", depth, in);
  if (out % (in / depth) != 0)
    return c.fail(Status::bad_shape, "the groups do not divide the output's channels", in / depth, out);
  *group_channels = depth;
  return Status::ok;
}

Status prepare_integer(Prepare& c, const LayerOperands& t, Type bias_type, Conv2dParams* p) {
  Patches& patches = p->patches;
  TRY(prepare_shapes(c, t, &patches.window, &patches.group_channels));
  TRY(prepare_layer(c, t, t.output.dim(3), bias_type, c.option(activation, schema::Activation::none),
                    &p->layer));
  patches.zero_point = p->layer.input_zero_point;
  patches.pointwise = t.filter.dim(1) == 1 && t.filter.dim(2) == 1 && t.filter.dim(3) == t.input.dim(3);
  // In front of the model's buffers lie their lengths; steps of 4 elements need nothing.
  p->tiles = t.filter.is_constant || depth_of(patches) % kTileStep == 0;
  if (is_flat(patches) && t.filter.type != Type::int4)
    c.share(0, Lead(flat_lead(patches.window, bits_of(t.input.type) / 8)));
  c.request_scratch(Multipliers::scratch_bytes(p->layer));
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  const LayerOperands t(c);
  TRY(check_operands(c, t));
  const auto fused = c.option(activation, schema::Activation::none);
  if (carries(types, Type::int8) && t.are(Type::int8, Type::int8)) {
    auto& p = c.params<Conv2dParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    c.request_scratch(convolve_scratch_bytes(p.patches));
    return c.run_with<eval_int8>();
  }
  if (types == Types::any && t.are(Type::int8, Type::int4)) {
    auto& p = c.params<Conv2dParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    c.request_scratch(convolve_int4_scratch_bytes(p.patches));
    return c.run_with<eval_int4>();
  }
  if (carries(types, Type::int16) && t.are(Type::int16, Type::int8)) {
    const bool wide = sums_wide(t);
    auto& p = c.params<Conv2dParams>();
    TRY(prepare_integer(c, t, wide ? Type::int64 : Type::int32, &p));
    TRY(check_int16_layer(c, p.layer));
    return wide ? c.run_with<eval_plain<Int16Layer<Arch, uint64_t, int64_t>>>()
                : c.run_with<eval_plain<Int16Layer<Arch, uint32_t, int32_t>>>();
  }
  if (types == Types::any && t.are(Type::uint8, Type::uint8)) {
    auto& p = c.params<Conv2dParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    TRY(use_one_filter_scale(c, t, &p.layer));
    return c.run_with<eval_plain<AsymmetricLayer<Arch, uint8_t>>>();
  }
  if (carries(types, Type::float32) && t.are(Type::float32, Type::float32)) {
    auto& p = c.params<Conv2dFloatParams>();
    TRY(prepare_shapes(c, t, &p.window, &p.group_channels));
    TRY(prepare_layer(c, t, t.output.dim(3), fused, &p.layer));
    return c.run_with<eval_float>();
  }
  if (types == Types::any && t.are(Type::float32, Type::int8)) {
    auto& p = c.params<Conv2dHybridParams>();
    TRY(prepare_shapes(c, t, &p.window, &p.group_channels));
    TRY(prepare_layer(c, t, t.output.dim(3), fused, &p.layer));
    c.request_scratch(t.input.n_elements / t.input.dim(0));
    return c.run_with<eval_hybrid>();
  }
  return c.no_kernel(t.input.type);
}

}  // namespace

const Op conv_2d = {"CONV_2D", 3, prepare<Types::any>};
const Op int8::conv_2d = {"CONV_2D", 3, prepare<Types::int8>};
const Op int16::conv_2d = {"CONV_2D", 3, prepare<Types::int16>};
const Op float32::conv_2d = {"CONV_2D", 3, prepare<Types::float32>};

}  // namespace inkling::ops
