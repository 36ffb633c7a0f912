// SignalWindow (custom): fades each row of int16 samples in and out with the weights of input 1.
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/window.h"

namespace inkling::ops {
namespace {

struct Params {
  Rows rows;
  int32_t shift;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("rows", p.rows.n);
    v("length", p.rows.length);
    v("shift", p.shift);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  const int32_t n = p.rows.length;
  const Span<const int16_t> weights(io.in<int16_t>(1), n);
  for (int32_t row = 0; row < p.rows.n; ++row)
    apply_window({io.in<int16_t>(0) + row * n, n}, weights, p.shift, {io.out<int16_t>(0) + row * n, n});
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0);
  auto& p = c.params<Params>();
  TRY(rows_of(c, input, &p.rows));
  TRY(require_tensor(c, input, Type::int16, input.n_elements));
  TRY(require_tensor(c, c.input(1), Type::int16, p.rows.length));
  TRY(require_tensor(c, c.output(0), Type::int16, input.n_elements));
  TRY(require_option(c, "shift", 0, 31, &p.shift));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalWindow", kCustom, prepare};

}  // namespace

const Op signal_window = kOp;
const Op int8::signal_window = kOp;
const Op int16::signal_window = kOp;
const Op float32::signal_window = kOp;

}  // namespace inkling::ops
