// SignalFilterBank (custom): sums of energies (uint32) in overlapping triangular channels (uint64). Inputs:
// energies, weights, unweights, frequency starts, weight starts, widths; the tables are constants.
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/filter_bank.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n_bins, n_channels, n_weights;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n_bins", p.n_bins);
    v("n_channels", p.n_channels);
    v("n_weights", p.n_weights);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  const auto table = [&](int32_t i, int32_t n) { return Span<const int16_t>(io.in<int16_t>(i), n); };
  const FilterBank bank = {table(3, p.n_channels + 1), table(4, p.n_channels + 1), table(5, p.n_channels + 1),
                           table(1, p.n_weights), table(2, p.n_weights)};
  auto* sums = io.scratch<uint64_t>();
  apply_filter_bank(bank, {io.in<uint32_t>(0), p.n_bins}, {sums, p.n_channels + 1});
  copy_bytes(io.out<uint64_t>(0), sums + 1, 8 * p.n_channels);
}

Status check_table(Prepare& c, int32_t i, int32_t n) {
  TRY(require_tensor(c, c.input(i), Type::int16, n));
  const Tensor table = c.input(i);
  if (!table.is_constant || !table.data)
    return c.fail(Status::unsupported, "the tables of a filter bank must be constants", i, n);
  return Status::ok;
}

Status check_not_negative(Prepare& c, int32_t i, int32_t n) {
  const auto* values = c.input(i).as<const int16_t>();
  for (int32_t k = 0; k < n; ++k)
    if (values[k] < 0) return c.fail(Status::bad_value, "a filter bank's weight is negative", values[k], 0);
  return Status::ok;
}

Status prepare(Prepare& c) {
  TRY(c.expect(6, 6, 1));
  const Tensor input = c.input(0), output = c.output(0);
  auto& p = c.params<Params>();
  p = {input.n_elements, 0, c.input(1).n_elements};
  TRY(require_option(c, "num_channels", 1, INT16_MAX, &p.n_channels));
  TRY(require_tensor(c, input, Type::uint32, p.n_bins));
  TRY(require_tensor(c, output, Type::uint64, p.n_channels));
  for (int32_t i = 1; i <= 5; ++i) TRY(check_table(c, i, i <= 2 ? p.n_weights : p.n_channels + 1));
  for (int32_t i = 1; i <= 2; ++i) TRY(check_not_negative(c, i, p.n_weights));
  const auto *starts = c.input(3).as<const int16_t>(), *weight_starts = c.input(4).as<const int16_t>(),
             *widths = c.input(5).as<const int16_t>();
  for (int32_t i = 0; i <= p.n_channels; ++i) {
    if (starts[i] < 0 || widths[i] < 0 || starts[i] + widths[i] > p.n_bins)
      return c.fail(Status::bad_value, "a channel lies outside the spectrum", starts[i] + widths[i],
                    p.n_bins);
    if (weight_starts[i] < 0 || weight_starts[i] + widths[i] > p.n_weights)
      return c.fail(Status::bad_value, "a channel has not enough weights", weight_starts[i] + widths[i],
                    p.n_weights);
  }
  c.request_scratch(8 * (p.n_channels + 1));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalFilterBank", kCustom, prepare};

}  // namespace

const Op signal_filter_bank = kOp;
const Op int8::signal_filter_bank = kOp;
const Op int16::signal_filter_bank = kOp;
const Op float32::signal_filter_bank = kOp;

}  // namespace inkling::ops
