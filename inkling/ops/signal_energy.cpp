// SignalEnergy (custom): how strong the frequencies start_index..end_index - 1 of an int16 spectrum are; 0
// for the others.
#include "inkling/core/memory.h"
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/energy.h"

namespace inkling::ops {
namespace {

struct Params {
  int32_t n, first, end;

  template <class V>
  static void visit(V&& v, const Params& p) {
    v("n", p.n);
    v("first", p.first);
    v("end", p.end);
  }
};

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const Params*>(params);
  auto* output = io.out<uint32_t>(0);
  fill_bytes(output, 0, 4 * p.first);
  spectrum_energy({io.in<ComplexInt16>(0), p.n}, p.first, p.end, {output, p.n});
  fill_bytes(output + p.end, 0, 4 * (p.n - p.end));
}

Status prepare(Prepare& c) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  auto& p = c.params<Params>();
  p.n = output.n_elements;
  TRY(require_tensor(c, output, Type::uint32, p.n));
  TRY(require_tensor(c, input, Type::int16, 2 * p.n));
  TRY(require_option(c, "start_index", 0, p.n, &p.first));
  TRY(require_option(c, "end_index", p.first, p.n, &p.end));
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalEnergy", kCustom, prepare};

}  // namespace

const Op signal_energy = kOp;
const Op int8::signal_energy = kOp;
const Op int16::signal_energy = kOp;
const Op float32::signal_energy = kOp;

}  // namespace inkling::ops
