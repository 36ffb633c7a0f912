// SignalFilterBankLog (custom): uint32 amplitudes to int16 loudness, see apply_log.
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/log_scale.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n, output_scale, correction_bits;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n", p.n);
    v("output_scale", p.output_scale);
    v("correction_bits", p.correction_bits);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  apply_log({io.in<uint32_t>(0), p.n}, p.output_scale, p.correction_bits, {io.out<uint16_t>(0), p.n});
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  auto& p = c.params<Params>();
  p.n = c.input(0).n_elements;
  TRY(require_tensor(c, c.input(0), Type::uint32, p.n));
  TRY(require_tensor(c, c.output(0), Type::int16, p.n));
  TRY(require_option(c, "output_scale", INT32_MIN, INT32_MAX, &p.output_scale));
  TRY(require_option(c, "input_correction_bits", 0, 31, &p.correction_bits));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalFilterBankLog", kCustom, prepare};

}  // namespace

const Op signal_filter_bank_log = kOp;
const Op int8::signal_filter_bank_log = kOp;
const Op int16::signal_filter_bank_log = kOp;
const Op float32::signal_filter_bank_log = kOp;

}  // namespace inkling::ops
