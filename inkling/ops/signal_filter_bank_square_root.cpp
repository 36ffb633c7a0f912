// SignalFilterBankSquareRoot (custom): from energies (uint64) to amplitudes (uint32), divided by two to the
// power of input 1.
#include "inkling/ops.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/square_root.h"

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
  const int32_t n = static_cast<const Params*>(params)->n, wanted = *io.in<int32_t>(1);
  const int32_t shift = wanted < 0 ? 0 : wanted > 31 ? 31 : wanted;
  apply_square_root({io.in<uint64_t>(0), n}, shift, {io.out<uint32_t>(0), n});
}

Status prepare(Prepare& c) {
  TRY(c.expect(2, 2, 1));
  const int32_t n = c.input(0).n_elements;
  TRY(require_tensor(c, c.input(0), Type::uint64, n));
  TRY(require_tensor(c, c.input(1), Type::int32, 1));
  TRY(require_tensor(c, c.output(0), Type::uint32, n));
  c.params<Params>().n = n;
  return c.run_with<eval>();
}

constexpr Op kOp = {"SignalFilterBankSquareRoot", kCustom, prepare};

}  // namespace

const Op signal_filter_bank_square_root = kOp;
const Op int8::signal_filter_bank_square_root = kOp;
const Op int16::signal_filter_bank_square_root = kOp;
const Op float32::signal_filter_bank_square_root = kOp;

}  // namespace inkling::ops
