// SignalDelay (custom): each row of a stream, `delay_length` samples late; zeros to begin with. int16.
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"

namespace inkling::ops {
namespace {

struct Params {
  Rows rows;
  int32_t delay;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("rows", p.rows.n);
    v("length", p.rows.length);
    v("delay", p.delay);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  const auto* input = io.in<int16_t>(0);
  auto* output = io.out<int16_t>(0);
  auto* waiting = io.scratch<int16_t>();
  const int32_t length = p.rows.length;
  const int32_t from_state = p.delay < length ? p.delay : length, from_input = length - from_state;
  for (int32_t row = 0; row < p.rows.n; ++row) {
    copy_bytes(output, waiting, 2 * from_state);
    copy_bytes(output + from_state, input, 2 * from_input);
    move_bytes(waiting, waiting + from_state, 2 * (p.delay - from_state));
    copy_bytes(waiting + p.delay - from_state, input + from_input, 2 * from_state);
    input += length;
    output += length;
    waiting += p.delay;
  }
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  auto& p = c.params<Params>();
  TRY(rows_of(c, input, &p.rows));
  TRY(require_tensor(c, input, Type::int16, input.n_elements));
  TRY(require_tensor(c, output, Type::int16, input.n_elements));
  TRY(require_option(c, "delay_length", 0, INT32_MAX, &p.delay));
  TRY(take_state(c, int64_t{2} * p.rows.n * p.delay));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalDelay", kCustom, prepare};

}  // namespace

const Op signal_delay = kOp;
const Op int8::signal_delay = kOp;
const Op int16::signal_delay = kOp;
const Op float32::signal_delay = kOp;

}  // namespace inkling::ops
