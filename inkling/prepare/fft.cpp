// The transforms' checks.
#include "inkling/prepare/fft.h"

#include "inkling/signal/quarter_sine.h"

namespace inkling {

Status prepare_fft(Prepare& c, const Tensor& samples, const Tensor& spectrum, FftParams* params) {
  TRY(c.expect(1, 1, 1));
  TRY(rows_of(c, samples, &params->samples));
  constexpr int32_t kSmallest = 8;  // what real_fft takes
  TRY(require_option(c, "fft_length", kSmallest, kLargestFft, &params->fft_size));
  const int32_t size = params->fft_size;
  if ((size & (size - 1)) != 0)
    return c.fail(Status::unsupported, "the length of a transform must be a power of two", size, kLargestFft);
  Rows bins = {};
  TRY(rows_of(c, spectrum, &bins));
  if (bins.length != size + 2)
    return c.fail(Status::bad_shape, "a spectrum must have half the samples plus one frequencies",
                  bins.length, size + 2);
  if (bins.n != params->samples.n)
    return c.fail(Status::bad_shape, "samples and spectrum differ in rows", params->samples.n, bins.n);
  return require_tensor(c, spectrum, samples.type, spectrum.n_elements);
}

}  // namespace inkling
