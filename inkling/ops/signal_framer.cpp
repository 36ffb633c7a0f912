// SignalFramer (custom): cuts each row of an int16 stream into overlapping frames, and tells whether all of
// them are complete. Those that are not are left as they were.
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n_rows, n_frames, frame_size, frame_step, capacity, prefilled;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n_rows", p.n_rows);
    v("n_frames", p.n_frames);
    v("frame_size", p.frame_size);
    v("frame_step", p.frame_step);
    v("capacity", p.capacity);
    v("prefilled", p.prefilled);
  }
};

// The state: how many samples wait beyond the prefilled ones, the same for all rows; then the rows' samples.
void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  const auto* input = io.in<int16_t>(0);
  auto* output = io.out<int16_t>(0);
  auto* n_waiting = io.scratch<int32_t>();
  auto* waiting = reinterpret_cast<int16_t*>(n_waiting + 1);
  const int32_t n_before = p.prefilled + *n_waiting;
  bool complete = true;
  for (int32_t row = 0; row < p.n_rows; ++row, waiting += p.capacity) {
    int32_t n = n_before;
    for (int32_t frame = 0; frame < p.n_frames; ++frame) {
      copy_bytes(waiting + n, input, 2 * p.frame_step);
      n += p.frame_step;
      if (n >= p.frame_size) {
        copy_bytes(output, waiting, 2 * p.frame_size);
        n -= p.frame_step;
        move_bytes(waiting, waiting + p.frame_step, 2 * n);
      } else {
        complete = false;
      }
      input += p.frame_step;
      output += p.frame_size;
    }
    *n_waiting = n - p.prefilled;
  }
  *io.out<bool>(1) = complete;
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 2));
  const Tensor input = c.input(0), output = c.output(0);
  auto& p = c.params<Params>();
  Rows rows = {};
  int32_t prefill = 0;
  TRY(rows_of(c, input, &rows));
  TRY(require_option(c, "frame_step", 1, rows.length, &p.frame_step));
  TRY(require_option(c, "frame_size", 1, kMaxArenaBytes / 4, &p.frame_size));
  TRY(require_option(c, "prefill", INT32_MIN, INT32_MAX, &prefill));
  if (rows.length % p.frame_step != 0)
    return c.fail(Status::bad_shape, "a row must hold whole steps", rows.length, p.frame_step);
  if (prefill != 0 && p.frame_size < p.frame_step)
    return c.fail(Status::bad_value, "frames shorter than their step cannot be prefilled", p.frame_size,
                  p.frame_step);
  TRY(require_tensor(c, input, Type::int16, input.n_elements));
  TRY(require_tensor(c, c.output(1), Type::boolean, 1));
  p.n_rows = rows.n;
  p.n_frames = rows.length / p.frame_step;
  p.prefilled = prefill != 0 ? p.frame_size - p.frame_step : 0;
  p.capacity = (p.frame_size + p.frame_step - 1) / p.frame_step * p.frame_step;
  const int64_t n_outputs = int64_t{p.n_rows} * p.n_frames * p.frame_size;
  if (output.n_elements != n_outputs)
    return c.fail(Status::bad_shape, "the output must hold all frames", output.n_elements, p.frame_size);
  TRY(require_tensor(c, output, Type::int16, output.n_elements));
  TRY(take_state(c, 4 + int64_t{2} * p.n_rows * p.capacity));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalFramer", kCustom, prepare};

}  // namespace

const Op signal_framer = kOp;
const Op int8::signal_framer = kOp;
const Op int16::signal_framer = kOp;
const Op float32::signal_framer = kOp;

}  // namespace inkling::ops
