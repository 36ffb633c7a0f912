// FFT of real numbers and its inverse, in fixed point or floats: from a stretch of sound to its frequencies
// and back. Sizes are powers of two. Leaves out other sizes.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// One frequency: amplitude and phase as a complex number.
template <class T>
struct Complex {
  T re = 0;
  T im = 0;
};
using ComplexInt16 = Complex<int16_t>;

/// The largest FFT that a sine table of `n` elements serves.
constexpr int32_t largest_fft(int32_t n) {
  return 4 * (n - 1);
}

/// spectrum[k] = sum over n of samples[n] * e^(-2 pi i k n / fft_size), divided by fft_size in fixed point,
/// 0 <= k <= fft_size/2.
///
/// fft_size is a power of two, at least 8; `spectrum` has fft_size/2 + 1 elements; `samples` may be shorter
/// than fft_size, the rest counts as zero; their memory must not overlap. quarter_sine[j] = one * sin(j / (n
/// - 1) * pi/2) is the first quarter of a sine, ends included, where one is 1 for floats and else the largest
/// number of the type (the sine is rounded then); largest_fft(n) is a multiple of fft_size.
///
/// The arithmetic is that of kiss_fft, in fixed point for integers: split into radix-4 steps (the first one
/// radix-2 if the number does not come out even), each of which multiplies every operand by one/4 (radix 2:
/// one/2) and then by its twiddle factor, both times rounded to nearest. Sums wrap modulo 2^16 or 2^32; real
/// signals do not get there.
void real_fft(Span<const int16_t> samples, Span<const int16_t> quarter_sine, int32_t fft_size,
              Span<Complex<int16_t>> spectrum);
void real_fft(Span<const int32_t> samples, Span<const int32_t> quarter_sine, int32_t fft_size,
              Span<Complex<int32_t>> spectrum);
void real_fft(Span<const float> samples, Span<const float> quarter_sine, int32_t fft_size,
              Span<Complex<float>> spectrum);

/// samples[n] = 1 / fft_size * sum over k of spectrum[k] * e^(2 pi i k n / fft_size), 0 <= n < fft_size; the
/// frequencies above fft_size/2 are the mirrored ones below. The counterpart of real_fft for floats; in fixed
/// point there and back divides by fft_size. `scratch` and `samples` have fft_size elements; the three must
/// not overlap.
void inverse_real_fft(Span<const Complex<int16_t>> spectrum, Span<const int16_t> quarter_sine,
                      int32_t fft_size, int16_t* scratch, int16_t* samples);
void inverse_real_fft(Span<const Complex<int32_t>> spectrum, Span<const int32_t> quarter_sine,
                      int32_t fft_size, int32_t* scratch, int32_t* samples);
void inverse_real_fft(Span<const Complex<float>> spectrum, Span<const float> quarter_sine, int32_t fft_size,
                      float* scratch, float* samples);

}  // namespace inkling
