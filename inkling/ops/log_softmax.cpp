// LOG_SOFTMAX over the last dimension: int8, float32.
#include "inkling/kernels/softmax.h"
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

void eval_int8(const void* params, const Io& io) {
  log_softmax_rows<Arch>(*static_cast<const LogSoftmaxParams*>(params), io.in<int8_t>(0), io.out<int8_t>(0));
}

void eval_float(const void* params, const Io& io) {
  log_softmax_rows_float(*static_cast<const SoftmaxFloatParams*>(params), io.in<float>(0), io.out<float>(0));
}

// The exponent as a Q26 number, as for SOFTMAX, and the way back: 2^26 / multiplier, to 31 bits.
Status prepare_int8(Prepare& c, int32_t rows, int32_t depth) {
  const Tensor input = c.input(0), output = c.output(0);
  TRY(require_quantized(c, input));
  TRY(require_quantized(c, output));
  if (output.scale() != 1.0f / 16.0f || output.zero_point() != 127)
    return c.fail(Status::bad_value, "the output's scale must be 1/16 and its zero point 127",
                  output.zero_point(), 127);
  const Multiplier m = multiplier(input.scale(), 1.0f, 1.0f, 26);
  if (m.shift < 2) return c.fail(Status::bad_value, "the input's scale is too small", m.shift, 2);
  auto back = static_cast<uint32_t>(((uint64_t{1} << 61) + static_cast<uint32_t>(m.value) / 2) /
                                    static_cast<uint32_t>(m.value));
  const bool full = back >> 31;
  if (full) back >>= 1;
  c.params<LogSoftmaxParams>() = {
      {rows, depth, m.value, m.shift, -static_cast<int32_t>((int64_t{31} << 26) >> m.shift)},
      static_cast<int32_t>(back),
      1 - m.shift + full};
  return c.run_with<eval_int8>();
}

template <Types types>
Status prepare(Prepare& c) {
  int32_t rows, depth;
  TRY(expect_rows(c, &rows, &depth));
  TRY(expect_unary(c, true));
  const Type type = c.input(0).type;
  if (carries(types, Type::int8) && type == Type::int8) return prepare_int8(c, rows, depth);
  if (carries(types, Type::float32) && type == Type::float32) {
    c.params<SoftmaxFloatParams>() = {rows, depth, 1.0f};
    return c.run_with<eval_float>();
  }
  return c.no_kernel(type);
}

}  // namespace

const Op log_softmax = {"LOG_SOFTMAX", 50, prepare<Types::any>};
const Op int8::log_softmax = {"LOG_SOFTMAX", 50, prepare<Types::int8>};
const Op int16::log_softmax = {"LOG_SOFTMAX", 50, prepare<Types::int16>};
const Op float32::log_softmax = {"LOG_SOFTMAX", 50, prepare<Types::float32>};

}  // namespace inkling::ops
