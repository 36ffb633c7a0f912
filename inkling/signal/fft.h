// FFT of real 16-bit samples in fixed point: from a stretch of sound to its frequencies. Sizes are powers of
// two. Leaves out the inverse, floats and other sizes.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// One frequency: amplitude and phase as a complex number.
struct ComplexInt16 {
  int16_t re = 0;
  int16_t im = 0;
};

/// The largest FFT that a sine table of `n` elements serves.
constexpr int32_t largest_fft(int32_t n) {
  return 4 * (n - 1);
}

/// spectrum[k] = sum over n of samples[n] * e^(-2 pi i k n / fft_size), divided by fft_size, 0 <= k <=
/// fft_size/2.
///
/// fft_size is a power of two, at least 8; `spectrum` has fft_size/2 + 1 elements; `samples` may be shorter
/// than fft_size, the rest counts as zero; their memory must not overlap. quarter_sine[j] = 32767 sin(j / (n
/// - 1) * pi/2), rounded, is the first quarter of a sine, ends included; largest_fft(n) is a multiple of
/// fft_size.
///
/// The arithmetic is that of kiss_fft with 16-bit fixed point: split into radix-4 steps (the first one
/// radix-2 if the number does not come out even), each of which multiplies every operand by 8191/32768 (radix
/// 2: 16383/32768) and then by its twiddle factor, both times rounded to nearest. Sums wrap modulo 2^16; real
/// signals do not get there.
void real_fft(Span<const int16_t> samples, Span<const int16_t> quarter_sine, int32_t fft_size,
              Span<ComplexInt16> spectrum);

}  // namespace inkling
