// SignalFftAutoScale (custom): int16 samples shifted up as far as they go, and by how many bits.
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/auto_scale.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n", p.n);
  }
};

void eval(const void* params, const Io& io) {
  const int32_t n = static_cast<const Params*>(params)->n;
  const Span<const int16_t> input(io.in<int16_t>(0), n);
  const int32_t shift = headroom_bits(input);
  scale_up(input, shift, {io.out<int16_t>(0), n});
  *io.out<int32_t>(1) = shift;
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 2));
  const Tensor input = c.input(0);
  TRY(require_tensor(c, input, Type::int16, input.n_elements));
  TRY(require_tensor(c, c.output(0), Type::int16, input.n_elements));
  TRY(require_tensor(c, c.output(1), Type::int32, 1));
  c.params<Params>().n = input.n_elements;
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalFftAutoScale", kCustom, prepare};

}  // namespace

const Op signal_fft_auto_scale = kOp;
const Op int8::signal_fft_auto_scale = kOp;
const Op int16::signal_fft_auto_scale = kOp;
const Op float32::signal_fft_auto_scale = kOp;

}  // namespace inkling::ops
