// SignalPCAN (custom): automatic gain per channel. Inputs: uint32 signal and noise, the int16 gain table.
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/pcan.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n, shift;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n", p.n);
    v("shift", p.shift);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  auto* output = io.out<uint32_t>(0);
  copy_bytes(output, io.in<uint32_t>(0), 4 * p.n);
  apply_pcan({io.in<int16_t>(2), kPcanGainSize}, p.shift, {io.in<uint32_t>(1), p.n}, {output, p.n});
}

Status prepare(Prepare& c) {
  TRY(c.expect(3, 3, 1));
  auto& p = c.params<Params>();
  p.n = c.input(0).n_elements;
  const Tensor gain = c.input(2);
  TRY(require_tensor(c, c.input(0), Type::uint32, p.n));
  TRY(require_tensor(c, c.input(1), Type::uint32, p.n));
  TRY(require_tensor(c, c.output(0), Type::uint32, p.n));
  TRY(require_tensor(c, gain, Type::int16, gain.n_elements));
  if (gain.n_elements < kPcanGainSize)
    return c.fail(Status::bad_shape, "the gain table is too short", gain.n_elements, kPcanGainSize);
  TRY(require_option(c, "snr_shift", 0, 63, &p.shift));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalPCAN", kCustom, prepare};

}  // namespace

const Op signal_pcan = kOp;
const Op int8::signal_pcan = kOp;
const Op int16::signal_pcan = kOp;
const Op float32::signal_pcan = kOp;

}  // namespace inkling::ops
