// FULLY_CONNECTED: int8 over int8 or int4 weights, int16 over int8, uint8, float32, float32 over int8
// (hybrid).
#include "inkling/kernels/fully_connected.h"

#include "inkling/kernels/int4.h"
#include "inkling/ops.h"
#include "inkling/prepare/layer.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { activation, weights_format, keep_dims, asymmetric_inputs };

void eval_int8(const void* params, const Io& io) {
  const auto& p = *static_cast<const FullyConnectedParams*>(params);
  const auto *input = io.in<int8_t>(0), *weights = io.in<int8_t>(1);
  const auto* bias = io.in<int32_t>(2);
  auto* output = io.out<int8_t>(0);
  int32_t n = 0;
  if constexpr (Arch::kRows) n = multiply_rows_in_fours<Arch>(p, input, weights, bias, output);
  multiply_rows<Arch>(
      p, n, input, [&](int32_t r, int32_t) { return weights + r * p.shape.depth; }, bias, output);
}

// The weights are unpacked four rows at a time.
void eval_int4(const void* params, const Io& io) {
  const auto& p = *static_cast<const FullyConnectedParams*>(params);
  const auto unpack = [&](int32_t r, int32_t n) {
    unpack_int4(io.in<int8_t>(1), r * p.shape.depth, n * p.shape.depth, io.scratch<int8_t>());
    return io.scratch<int8_t>();
  };
  multiply_rows<Arch>(p, 0, io.in<int8_t>(0), unpack, io.in<int32_t>(2), io.out<int8_t>(0));
}

template <class Layer>
void eval_plain(const void* params, const Io& io) {
  const auto& p = *static_cast<const FullyConnectedParams*>(params);
  const Layer layer{p.layer, {p.layer, io.scratch<void>()}, io.in<typename Layer::Bias>(2)};
  multiply_rows_plain(p.shape, layer, io.in<typename Layer::Input>(0), io.in<typename Layer::Weight>(1),
                      io.out<typename Layer::Input>(0));
}

void eval_float(const void* params, const Io& io) {
  const auto& p = *static_cast<const FullyConnectedFloatParams*>(params);
  multiply_rows_plain(p.shape, FloatLayer{p.layer.low, p.layer.high, io.in<float>(2)}, io.in<float>(0),
                      io.in<float>(1), io.out<float>(0));
}

void eval_hybrid(const void* params, const Io& io) {
  multiply_rows_hybrid<Arch>(*static_cast<const FullyConnectedHybridParams*>(params), io.in<float>(0),
                             io.in<int8_t>(1), io.in<float>(2), io.out<float>(0), io.scratch<int8_t>());
}

Status prepare_shape(Prepare& c, const LayerOperands& t, MatrixShape* shape) {
  if (t.filter.shape.size != 2)
    return c.fail(Status::bad_shape, "the weights must be a matrix", t.filter.shape.size, 2);
  const int32_t rows = t.filter.dim(0), depth = t.filter.dim(1);
  if (rows < 1 || depth < 1 || t.input.n_elements % depth != 0)
    return c.fail(Status::bad_shape, "the input is no multiple of the weights' depth", t.input.n_elements,
                  depth);
  *shape = {t.input.n_elements / depth, depth, rows};
  if (shape->batches != t.output.n_elements / rows || t.output.n_elements % rows != 0)
    return c.fail(Status::bad_shape, "the output's size is not batches times rows", t.output.n_elements,
                  rows);
  return Status::ok;
}

// Weights with one scale may have a zero point.
Status prepare_integer(Prepare& c, const LayerOperands& t, Type bias_type, FullyConnectedParams* p) {
  TRY(prepare_shape(c, t, &p->shape));
  TRY(prepare_layer(c, t, p->shape.rows, bias_type, c.option(activation, schema::Activation::none),
                    &p->layer));
  if (t.filter.per_channel()) return Status::ok;
  TRY(use_one_filter_scale(c, t, &p->layer));
  p->layer.usual = (!t.bias.present || t.bias.is_constant) && bias_type == Type::int32 &&
                   is_usual(*p, t.bias.present ? t.bias.as<int32_t>() : nullptr);
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  const LayerOperands t(c);
  TRY(check_operands(c, t));
  if (c.option<uint8_t>(weights_format, 0) != 0)
    return c.fail(Status::unsupported, "no kernel for shuffled weights", c.option<uint8_t>(weights_format, 0),
                  0);
  const auto fused = c.option(activation, schema::Activation::none);
  if (carries(types, Type::int8) && t.are(Type::int8, Type::int8)) {
    auto& p = c.params<FullyConnectedParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    return c.run_with<eval_int8>();
  }
  if (types == Types::any && t.are(Type::int8, Type::int4)) {
    auto& p = c.params<FullyConnectedParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    c.request_scratch(4 * p.shape.depth);
    return c.run_with<eval_int4>();
  }
  if (carries(types, Type::int16) && t.are(Type::int16, Type::int8)) {
    const bool wide = sums_wide(t);
    auto& p = c.params<FullyConnectedParams>();
    TRY(prepare_integer(c, t, wide ? Type::int64 : Type::int32, &p));
    TRY(check_int16_layer(c, p.layer));
    c.request_scratch(Multipliers::scratch_bytes(p.layer));
    return wide ? c.run_with<eval_plain<Int16Layer<Arch, uint64_t, int64_t>>>()
                : c.run_with<eval_plain<Int16Layer<Arch, uint32_t, int32_t>>>();
  }
  if (types == Types::any && t.are(Type::uint8, Type::uint8)) {
    auto& p = c.params<FullyConnectedParams>();
    TRY(prepare_integer(c, t, Type::int32, &p));
    c.request_scratch(Multipliers::scratch_bytes(p.layer));
    return c.run_with<eval_plain<AsymmetricLayer<Arch, uint8_t>>>();
  }
  if (carries(types, Type::float32) && t.are(Type::float32, Type::float32)) {
    auto& p = c.params<FullyConnectedFloatParams>();
    TRY(prepare_shape(c, t, &p.shape));
    TRY(prepare_layer(c, t, p.shape.rows, fused, &p.layer));
    return c.run_with<eval_float>();
  }
  if (types == Types::any && t.are(Type::float32, Type::int8)) {
    auto& p = c.params<FullyConnectedHybridParams>();
    TRY(prepare_shape(c, t, &p.shape));
    TRY(prepare_layer(c, t, p.shape.rows, fused, &p.layer));
    p.layer.asymmetric = c.option<uint8_t>(asymmetric_inputs, 0) != 0;
    c.request_scratch(p.shape.depth);
    return c.run_with<eval_hybrid>();
  }
  return c.no_kernel(t.input.type);
}

}  // namespace

const Op fully_connected = {"FULLY_CONNECTED", 9, prepare<Types::any>};
const Op int8::fully_connected = {"FULLY_CONNECTED", 9, prepare<Types::int8>};
const Op int16::fully_connected = {"FULLY_CONNECTED", 9, prepare<Types::int16>};
const Op float32::fully_connected = {"FULLY_CONNECTED", 9, prepare<Types::float32>};

}  // namespace inkling::ops
