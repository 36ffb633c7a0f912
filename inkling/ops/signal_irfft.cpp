// SignalIrfft (custom): the samples that a spectrum stands for, row by row, int16, int32 or float32; programs
// for int8 carry int16.
#include "inkling/ops.h"
#include "inkling/prepare/fft.h"
#include "inkling/prepare/signal.h"
#include "inkling/signal/fft.h"
#include "inkling/signal/quarter_sine.h"

namespace inkling::ops {
namespace {

template <class T>
void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const FftParams*>(params);
  const auto* input = io.in<Complex<T>>(0);
  auto* output = io.out<T>(0);
  const int32_t n_bins = p.fft_size / 2 + 1;
  for (int32_t row = 0; row < p.samples.n; ++row, input += n_bins, output += p.fft_size)
    inverse_real_fft(Span<const Complex<T>>(input, n_bins), Span<const T>(kQuarterSine<T>.at), p.fft_size,
                     io.scratch<T>(), output);
}

template <Types types>
Status prepare(Prepare& c) {
  auto& p = c.params<FftParams>();
  TRY(prepare_fft(c, c.output(0), c.input(0), &p));
  if (p.samples.length != p.fft_size)
    return c.fail(Status::bad_shape, "a row is not as long as the transform", p.samples.length, p.fft_size);
  const Type type = c.input(0).type;
  c.request_scratch(p.fft_size * (bits_of(type) / 8));
  if (types != Types::float32 && type == Type::int16) return c.run_with<eval<int16_t>>();
  if (types == Types::any && type == Type::int32) return c.run_with<eval<int32_t>>();
  if (carries(types, Type::float32) && type == Type::float32) return c.run_with<eval<float>>();
  return c.no_kernel(type);
}

template <Types types>
constexpr Op kOp = {"SignalIrfft", kCustom, prepare<types>};

}  // namespace

const Op signal_irfft = kOp<Types::any>;
const Op int8::signal_irfft = kOp<Types::int8>;
const Op int16::signal_irfft = kOp<Types::int16>;
const Op float32::signal_irfft = kOp<Types::float32>;

}  // namespace inkling::ops
