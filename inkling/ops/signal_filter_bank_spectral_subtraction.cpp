// SignalFilterBankSpectralSubtraction (custom): takes steady noise off uint32 channels; also gives its
// estimate, which it keeps between invocations.
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/noise_reduction.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n;
  NoiseReduction settings;

  template <class V>
  static void visit(V&& v, const Params& p) {
    const auto number = [&](const char* name, uint32_t value) { v(name, static_cast<int32_t>(value)); };
    v("n", p.n);
    number("even_smoothing_q", p.settings.even_smoothing_q);
    number("even_one_minus_smoothing_q", p.settings.even_one_minus_smoothing_q);
    number("odd_smoothing_q", p.settings.odd_smoothing_q);
    number("odd_one_minus_smoothing_q", p.settings.odd_one_minus_smoothing_q);
    number("min_signal_remaining_q", p.settings.min_signal_remaining_q);
    v("fraction_bits", p.settings.fraction_bits);
    v("smoothing_bits", p.settings.smoothing_bits);
    number("clamping", p.settings.clamping);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  auto* estimate = io.scratch<uint32_t>();
  reduce_noise(p.settings, {io.in<uint32_t>(0), p.n}, {estimate, p.n}, {io.out<uint32_t>(0), p.n});
  copy_bytes(io.out<uint32_t>(1), estimate, 4 * p.n);
}

Status weight_option(Prepare& c, const char* key, uint32_t* weight) {
  int32_t value = 0;
  TRY(require_option(c, key, 0, INT32_MAX, &value));
  *weight = static_cast<uint32_t>(value);
  return Status::ok;
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 2));
  auto& p = c.params<Params>();
  NoiseReduction& s = p.settings;
  int32_t clamping = 0;
  TRY(require_option(c, "num_channels", 1, INT32_MAX, &p.n));
  TRY(weight_option(c, "smoothing", &s.even_smoothing_q));
  TRY(weight_option(c, "one_minus_smoothing", &s.even_one_minus_smoothing_q));
  TRY(weight_option(c, "alternate_smoothing", &s.odd_smoothing_q));
  TRY(weight_option(c, "alternate_one_minus_smoothing", &s.odd_one_minus_smoothing_q));
  TRY(weight_option(c, "min_signal_remaining", &s.min_signal_remaining_q));
  TRY(require_option(c, "spectral_subtraction_bits", 0, 31, &s.fraction_bits));
  TRY(require_option(c, "smoothing_bits", 0, 31, &s.smoothing_bits));
  TRY(require_option(c, "clamping", INT32_MIN, INT32_MAX, &clamping));
  s.clamping = clamping != 0;
  TRY(require_tensor(c, c.input(0), Type::uint32, p.n));
  TRY(require_tensor(c, c.output(0), Type::uint32, p.n));
  TRY(require_tensor(c, c.output(1), Type::uint32, p.n));
  TRY(take_state(c, int64_t{4} * p.n));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalFilterBankSpectralSubtraction", kCustom, prepare};

}  // namespace

const Op signal_filter_bank_spectral_subtraction = kOp;
const Op int8::signal_filter_bank_spectral_subtraction = kOp;
const Op int16::signal_filter_bank_spectral_subtraction = kOp;
const Op float32::signal_filter_bank_spectral_subtraction = kOp;

}  // namespace inkling::ops
