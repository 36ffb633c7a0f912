// FFT, see fft.h. The real FFT of 2n samples is the complex FFT of n pairs, and a step that takes the pairs
// apart. The complex one is decimation in time: the first step reads the samples in digit-reversed order, the
// others work in place.
#include "inkling/signal/fft.h"

namespace inkling {
namespace {

/// A complex number on its way: sums of four 16-bit numbers.
struct Complex {
  int32_t re;
  int32_t im;
};
Complex operator+(Complex a, Complex b) {
  return {a.re + b.re, a.im + b.im};
}
Complex operator-(Complex a, Complex b) {
  return {a.re - b.re, a.im - b.im};
}
/// a - i b, that is a plus b turned by a quarter backwards.
Complex minus_i(Complex a, Complex b) {
  return {a.re + b.im, a.im - b.re};
}
Complex plus_i(Complex a, Complex b) {
  return {a.re - b.im, a.im + b.re};
}

ComplexInt16 narrow(Complex a) {
  return {static_cast<int16_t>(a.re), static_cast<int16_t>(a.im)};
}

[[gnu::always_inline]] inline int32_t rounded_q15(int32_t product) {
  return (product + (1 << 14)) >> 15;
}

template <int32_t divisor>
[[gnu::always_inline]] inline Complex divided(ComplexInt16 a) {
  constexpr int32_t kReciprocal = INT16_MAX / divisor;
  return {rounded_q15(a.re * kReciprocal), rounded_q15(a.im * kReciprocal)};
}

/// Both factors fit in 16 bits and |a| <= 2^15 sqrt(1/2) per radix-2 step or less, so the sums stay below
/// 2^31.
[[gnu::always_inline]] inline Complex times(Complex a, ComplexInt16 b) {
  return {rounded_q15(a.re * b.re - a.im * b.im), rounded_q15(a.re * b.im + a.im * b.re)};
}

/// e^(-2 pi i index / circle) from the quarter sine; circle = 4 * (quarter_sine.size - 1), 0 <= index <
/// circle * 3/4.
ComplexInt16 twiddle(Span<const int16_t> quarter_sine, int32_t index) {
  const int32_t quarter = quarter_sine.size - 1;
  const auto minus = [](int16_t value) { return static_cast<int16_t>(-value); };
  if (index <= quarter) return {quarter_sine[quarter - index], minus(quarter_sine[index])};
  index -= quarter;
  if (index <= quarter) return {minus(quarter_sine[index]), minus(quarter_sine[quarter - index])};
  index -= quarter;
  return {minus(quarter_sine[quarter - index]), quarter_sine[index]};
}

/// The radix-4 butterfly on four numbers that have been divided and turned already.
void combine(Complex a, Complex b, Complex c, Complex d, ComplexInt16* out, int32_t stride) {
  const Complex even = a + c;
  const Complex even_difference = a - c;
  const Complex odd = b + d;
  const Complex odd_difference = b - d;
  out[0] = narrow(even + odd);
  out[stride] = narrow(minus_i(even_difference, odd_difference));
  out[2 * stride] = narrow(even - odd);
  out[3 * stride] = narrow(plus_i(even_difference, odd_difference));
}

/// The samples 2 * index and 2 * index + 1 as one complex number.
ComplexInt16 pair(Span<const int16_t> samples, int32_t index) {
  index *= 2;
  if (index + 1 < samples.size) return {samples[index], samples[index + 1]};
  return {index < samples.size ? samples[index] : int16_t{0}, 0};
}

/// Puts the pairs into the order in which the steps need them: the digits of the index reversed. They are
/// base-4 digits, save for the last one, which goes first here and has `first_radix` values.
void reorder(Span<const int16_t> samples, int32_t n, int32_t first_radix, ComplexInt16* out) {
  int32_t from = 0;
  for (int32_t to = 0; to < n; ++to) {
    out[to] = pair(samples, from);
    // Counts on: digits at their largest value (all bits set) become 0 and carry.
    int32_t digit = n / first_radix;
    int32_t largest = n - digit;
    while (digit > 0 && (from & largest) == largest) {
      from -= largest;
      digit /= 4;
      largest = 3 * digit;
    }
    from += digit;
  }
}

/// The first step if it is one of radix 2: butterflies of neighbours. The twiddle factor of all is
/// 32767/32768, which changes no number that has been divided by two.
void radix2_step(ComplexInt16* data, int32_t n) {
  for (int32_t i = 0; i < n; i += 2) {
    const Complex a = divided<2>(data[i]);
    const Complex b = divided<2>(data[i + 1]);
    data[i] = narrow(a + b);
    data[i + 1] = narrow(a - b);
  }
}

/// Any other step: butterflies of four numbers `stride` apart, in place. Runs through the butterflies that
/// share their twiddle factors one after the other.
void radix4_step(ComplexInt16* data, int32_t n, int32_t stride, Span<const int16_t> quarter_sine) {
  const int32_t turn = (quarter_sine.size - 1) / stride;
  for (int32_t k = 0; k < stride; ++k) {
    const ComplexInt16 tw1 = twiddle(quarter_sine, k * turn);
    const ComplexInt16 tw2 = twiddle(quarter_sine, 2 * k * turn);
    const ComplexInt16 tw3 = twiddle(quarter_sine, 3 * k * turn);
    for (int32_t i = k; i < n; i += 4 * stride) {
      ComplexInt16* at = data + i;
      combine(divided<4>(at[0]), times(divided<4>(at[stride]), tw1), times(divided<4>(at[2 * stride]), tw2),
              times(divided<4>(at[3 * stride]), tw3), at, stride);
    }
  }
}

/// Takes the spectrum of the pairs apart into the spectra of the even and of the odd samples and joins those.
void split_pairs(Span<ComplexInt16> spectrum, int32_t n, Span<const int16_t> quarter_sine) {
  const Complex dc = divided<2>(spectrum[0]);
  spectrum[0] = narrow({dc.re + dc.im, 0});
  spectrum[n] = narrow({dc.re - dc.im, 0});
  const int32_t quarter = quarter_sine.size - 1;
  const int32_t turn = 2 * quarter / n;
  for (int32_t k = 1; k <= n / 2; ++k) {
    const ComplexInt16 mirrored = spectrum[n - k];
    const Complex front = divided<2>(spectrum[k]);
    const Complex back = divided<2>({mirrored.re, static_cast<int16_t>(-mirrored.im)});
    const auto sine = static_cast<int16_t>(-quarter_sine[k * turn]);
    const auto cosine = static_cast<int16_t>(-quarter_sine[quarter - k * turn]);
    const Complex even = front + back;
    const Complex odd = times(front - back, {sine, cosine});
    spectrum[k] = narrow({(even.re + odd.re) >> 1, (even.im + odd.im) >> 1});
    spectrum[n - k] = narrow({(even.re - odd.re) >> 1, (odd.im - even.im) >> 1});
  }
}

}  // namespace

void real_fft(Span<const int16_t> samples, Span<const int16_t> quarter_sine, int32_t fft_size,
              Span<ComplexInt16> spectrum) {
  const int32_t n = fft_size / 2;
  int32_t stride = 1;
  while (stride < n) stride *= 4;
  const bool odd = stride > n;  // an odd power of two
  reorder(samples, n, odd ? 2 : 4, spectrum.data);
  if (odd) radix2_step(spectrum.data, n);
  for (stride = odd ? 2 : 1; stride < n; stride *= 4) radix4_step(spectrum.data, n, stride, quarter_sine);
  split_pairs(spectrum, n, quarter_sine);
}

}  // namespace inkling
