// CIRCULAR_BUFFER (custom): the last rows of a stream, for convolutions over time that run every `cycles_max`
// steps. Keeps its output between invocations; on the other steps it ends the run. Bytes of any type.
#include "inkling/core/memory.h"
#include "inkling/core/runtime.h"
#include "inkling/format/flexbuffer.h"
#include "inkling/ops.h"
#include "inkling/prepare/context.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t row_bytes, buffer_bytes, cycles;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("row_bytes", p.row_bytes);
    v("buffer_bytes", p.buffer_bytes);
    v("cycles", p.cycles);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  auto* output = io.out<uint8_t>(0);
  auto* count = io.scratch<int32_t>();
  move_bytes(output, output + p.row_bytes, p.buffer_bytes - p.row_bytes);
  move_bytes(output + p.buffer_bytes - p.row_bytes, io.in<uint8_t>(0), p.row_bytes);
  const bool runs = ++*count >= p.cycles;
  if (runs) *count = 0;
  if (!runs) io.runtime->stopped = true;
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  if (output.type != input.type)
    return c.fail(Status::bad_type, "the output's type differs from the input's",
                  static_cast<int32_t>(output.type), static_cast<int32_t>(input.type));
  if (input.shape.size != 4 || output.shape.size != 4)
    return c.fail(Status::bad_shape, "input and output must have rank 4", input.shape.size, 4);
  if (input.dim(1) != 1 || input.dim(0) != 1 || output.dim(0) != 1)
    return c.fail(Status::bad_shape, "the input must be one row", input.dim(1), 1);
  if (input.dim(2) != output.dim(2) || input.dim(3) != output.dim(3) || output.dim(1) < 1)
    return c.fail(Status::bad_shape, "a row of the output differs from the input", output.n_bytes,
                  input.n_bytes);
  int32_t cycles = FlexMap({c.op().custom_options.data, c.op().custom_options.size}).integer("cycles_max", 0);
  // The first streaming models do not say; their buffers of 5, 13 and 25 rows run at each step, others at
  // each second.
  if (cycles <= 0) cycles = output.dim(1) == 5 || output.dim(1) == 13 || output.dim(1) == 25 ? 1 : 2;
  constexpr int32_t head = 8;  // the count, and room so that the rows stay aligned
  if (output.n_bytes > kMaxArenaBytes - head)
    return c.fail(Status::bad_shape, "the output is larger than any memory", output.n_bytes, kMaxArenaBytes);
  c.params<Params>() = {input.n_bytes, output.n_bytes, cycles};
  c.take_state(head + output.n_bytes);
  c.pin_output(c.persistent().place_of(c.state()) + head);
  return c.run_with<eval>();
}

constexpr Op kOp = {"CIRCULAR_BUFFER", kCustom, prepare};

}  // namespace

const Op circular_buffer = kOp;
const Op int8::circular_buffer = kOp;
const Op int16::circular_buffer = kOp;
const Op float32::circular_buffer = kOp;

}  // namespace inkling::ops
