// SignalStacker (custom): rows of int16 features side by side, some before and some after each; one output
// every `stacker_step` rows, and whether there is one. Else the output is left as it was.
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n_channels, n_copies, stack_size, step_size;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n_channels", p.n_channels);
    v("n_copies", p.n_copies);
    v("stack_size", p.stack_size);
    v("step_size", p.step_size);
  }
};

struct State {
  int32_t started, n;  ///< the samples follow
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  auto* state = io.scratch<State>();
  auto* samples = reinterpret_cast<int16_t*>(state + 1);
  // The first row stands for those before it, too.
  for (int32_t copies = state->started ? 1 : p.n_copies; copies > 0; --copies, state->n += p.n_channels)
    copy_bytes(samples + state->n, io.in<int16_t>(0), 2 * p.n_channels);
  state->started = 1;
  const bool complete = state->n >= p.stack_size;
  if (complete) {
    copy_bytes(io.out<int16_t>(0), samples, 2 * p.stack_size);
    state->n -= p.step_size;
    move_bytes(samples, samples + p.step_size, 2 * state->n);
  }
  *io.out<bool>(1) = complete;
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 2));
  auto& p = c.params<Params>();
  constexpr int32_t kMost = 1 << 20;
  int32_t left = 0, right = 0, step = 0;
  TRY(require_option(c, "num_channels", 1, kMost, &p.n_channels));
  TRY(require_option(c, "stacker_left_context", 0, kMost, &left));
  TRY(require_option(c, "stacker_right_context", 0, kMost, &right));
  TRY(require_option(c, "stacker_step", 1, left + right + 1, &step));
  const int64_t size = int64_t{p.n_channels} * (left + right + 1);
  TRY(take_state(c, static_cast<int64_t>(sizeof(State)) + 2 * size));
  p.n_copies = left + 1;
  p.stack_size = static_cast<int32_t>(size);
  p.step_size = p.n_channels * step;
  TRY(require_tensor(c, c.input(0), Type::int16, p.n_channels));
  TRY(require_tensor(c, c.output(0), Type::int16, p.stack_size));
  TRY(require_tensor(c, c.output(1), Type::boolean, 1));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalStacker", kCustom, prepare};

}  // namespace

const Op signal_stacker = kOp;
const Op int8::signal_stacker = kOp;
const Op int16::signal_stacker = kOp;
const Op float32::signal_stacker = kOp;

}  // namespace inkling::ops
