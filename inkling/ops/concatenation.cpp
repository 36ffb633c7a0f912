// CONCATENATION of any type: the inputs' bytes, joined along an axis. uint8 inputs are brought to the
// output's quantization; int8 inputs are not, like in the reference. Fuses no activation.
#include "inkling/core/multiplier.h"
#include "inkling/ops.h"
#include "inkling/prepare/parts.h"
#include "inkling/prepare/quantization.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { axis, activation };

// Joined, each byte x of part i becomes clamp(round(x * scale[i] + bias[i]) + output_zero_point).
struct RescaleParams {
  static constexpr int32_t kMaxParts = 10;
  PartsParams<kMaxParts> joined;
  float scales[kMaxParts], biases[kMaxParts];
  int32_t output_zero_point;

  template <class V>
  static void visit(V&& v, const RescaleParams& p) {
    PartsParams<kMaxParts>::visit(v, p.joined);
    for (const float scale : p.scales) v("scale", scale);
    for (const float bias : p.biases) v("bias", bias);
    v("output_zero_point", p.output_zero_point);
  }
};

void eval_uint8(const void* params, const Io& io) {
  const auto& p = *static_cast<const RescaleParams*>(params);
  const Parts& parts = p.joined.parts;
  for_each_part(parts, p.joined.sizes, [&](int32_t i, int32_t bytes, int32_t at) {
    join_part(parts, bytes, at, io.in<void>(i), io.out<void>(0));
    for (int32_t row = 0; row < parts.n_outer; ++row) {
      uint8_t* x = io.out<uint8_t>(0) + row * parts.row_bytes + at;
      for (const uint8_t* end = x + bytes; x != end; ++x) {
        const int64_t q = int64_t{round_half_away(*x * p.scales[i] + p.biases[i])} + p.output_zero_point;
        *x = static_cast<uint8_t>(q < 0 ? 0 : q > 255 ? 255 : q);
      }
    }
  });
}

// Whether an input has another quantization than the output.
bool must_rescale(const Prepare& c, const Tensor& output) {
  bool differs = false;
  for (int32_t i = 0; i < c.n_inputs(); ++i) {
    const Tensor input = c.input(i);
    differs |= input.scale() != output.scale() || input.zero_point() != output.zero_point();
  }
  return differs;
}

Status prepare_uint8(Prepare& c, int32_t along, const Tensor& output) {
  auto& p = c.params<RescaleParams>();
  constexpr int32_t max_parts = RescaleParams::kMaxParts;
  TRY(read_joined_parts(c, along, max_parts, &p.joined.parts, p.joined.sizes));
  if (c.n_inputs() > max_parts)
    return c.fail(Status::unsupported, "too many parts to be rescaled", c.n_inputs(), max_parts);
  TRY(require_quantized(c, output));
  const float inverse = 1.0f / output.scale();
  for (int32_t i = 0; i < c.n_inputs(); ++i) {
    const Tensor input = c.input(i);
    TRY(require_quantized(c, input));
    const bool same = input.scale() == output.scale() && input.zero_point() == output.zero_point();
    p.scales[i] = same ? 1.0f : input.scale() * inverse;
    p.biases[i] = static_cast<float>(-input.zero_point()) * p.scales[i];
  }
  p.output_zero_point = output.zero_point();
  return c.run_with<eval_uint8>();
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(c.n_inputs(), c.n_inputs(), 1));
  if (c.option(activation, schema::Activation::none) != schema::Activation::none)
    return c.fail(Status::unsupported, "a fused activation", c.option<int8_t>(activation, 0), 0);
  const Tensor output = c.output(0);
  const auto along = c.option<int32_t>(axis, 0);
  if (types == Types::any && output.type == Type::uint8 && must_rescale(c, output))
    return prepare_uint8(c, along, output);
  return prepare_join(c, along, false);
}

}  // namespace

const Op concatenation = {"CONCATENATION", 2, prepare<Types::any>};
const Op int8::concatenation = {"CONCATENATION", 2, prepare<Types::int8>};
const Op int16::concatenation = {"CONCATENATION", 2, prepare<Types::int16>};
const Op float32::concatenation = {"CONCATENATION", 2, prepare<Types::float32>};

}  // namespace inkling::ops
