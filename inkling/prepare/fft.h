// What SignalRfft and SignalIrfft prepare alike.
#pragma once
#include "inkling/prepare/signal.h"

namespace inkling {

/// A transform of each row.
struct FftParams {
  Rows samples;
  int32_t fft_size;

  template <class V>
  static void visit(V&& v, const FftParams& p) {
    v("rows", p.samples.n);
    v("length", p.samples.length);
    v("fft_size", p.fft_size);
  }
};

/// Checks operands and options; one of the two tensors is the input, the other one the output.
Status prepare_fft(Prepare& context, const Tensor& samples, const Tensor& spectrum, FftParams* params);

}  // namespace inkling
