// SOFTMAX: int8 to int8 or int16, float32.
#include "inkling/kernels/softmax.h"

#include "inkling/ops.h"
#include "inkling/prepare/quantization.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { beta };

template <class Out>
void eval_int8(const void* params, const Io& io) {
  softmax_rows<Arch, Out>(*static_cast<const SoftmaxParams*>(params), io.in<int8_t>(0), io.out<Out>(0));
}

void eval_float(const void* params, const Io& io) {
  softmax_rows_float(*static_cast<const SoftmaxFloatParams*>(params), io.in<float>(0), io.out<float>(0));
}

// The exponent as a Q26 number: beta * scale * 2^26. Differences that would leave its range count as minus
// infinity.
Status prepare_exponent(Prepare& c, const Tensor& input, SoftmaxParams* p) {
  const float slope = c.option(beta, 0.0f);
  if (!is_scale(slope))
    return c.fail(Status::bad_value, "beta is not a positive number", round_half_away(slope), 1);
  const Multiplier m = multiplier(slope, input.scale(), 1.0f, 26);
  if (m.shift < 0) return c.fail(Status::bad_value, "the input's scale is too small for softmax", m.shift, 0);
  p->multiplier = m.value;
  p->shift = m.shift;
  p->smallest_difference = -static_cast<int32_t>((int64_t{31} << 26) >> m.shift);
  return Status::ok;
}

// The outputs are probabilities, so their quantization is fixed: steps of 2^-8 or 2^-16 from the lowest value
// on.
Status check_output(Prepare& c, const Tensor& output) {
  const bool wide = output.type == Type::int16;
  const float scale = wide ? 1.0f / 65536.0f : 1.0f / 256.0f;
  const int32_t zero_point = wide ? -32768 : -128;
  const float error = output.scale() - scale;
  if (error > 0.001f * scale || error < -0.001f * scale)
    return c.fail(Status::bad_value, "the output's scale must be 1/256 (int16: 1/65536); as 1/scale",
                  round_half_away(1.0f / output.scale()), wide ? 65536 : 256);
  if (output.zero_point() != zero_point)
    return c.fail(Status::bad_value, "the output's zero point must be the type's lowest value",
                  output.zero_point(), zero_point);
  return Status::ok;
}

template <Types types>
Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (input.shape.size < 1) return c.fail(Status::bad_shape, "the input must have at least rank 1", 0, 1);
  if (!equal(input.shape, output.shape))
    return c.fail(Status::bad_shape, "input and output differ in shape", output.n_elements, input.n_elements);
  const int32_t depth = input.dim(input.shape.size - 1), rows = depth > 0 ? input.n_elements / depth : 0;
  if (carries(types, Type::int8) && input.type == Type::int8 &&
      (output.type == Type::int8 || output.type == Type::int16)) {
    TRY(require_quantized(c, input));
    TRY(require_quantized(c, output));
    TRY(check_output(c, output));
    auto& p = c.params<SoftmaxParams>();
    TRY(prepare_exponent(c, input, &p));
    p.rows = rows;
    p.depth = depth;
    return c.run_with(output.type == Type::int8 ? eval_int8<int8_t> : eval_int8<int16_t>);
  }
  if (carries(types, Type::float32) && input.type == Type::float32 && output.type == Type::float32) {
    c.params<SoftmaxFloatParams>() = {rows, depth, c.option(beta, 0.0f)};
    return c.run_with(eval_float);
  }
  return c.no_kernel(input.type);
}

}  // namespace

const Op softmax = {"SOFTMAX", 25, prepare<Types::any>};
const Op int8::softmax = {"SOFTMAX", 25, prepare<Types::int8>};
const Op int16::softmax = {"SOFTMAX", 25, prepare<Types::int16>};
const Op float32::softmax = {"SOFTMAX", 25, prepare<Types::float32>};

}  // namespace inkling::ops
