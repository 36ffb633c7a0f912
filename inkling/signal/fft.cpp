// FFT, see fft.h. The real FFT of 2n samples is the complex FFT of n pairs, and a step that takes the pairs
// apart; the inverse puts the pairs together first. The complex one is decimation in time: the first step
// reads the pairs in digit-reversed order, the others work in place.
#include "inkling/signal/fft.h"

#include "inkling/core/wrap.h"

namespace inkling {
namespace {

/// How numbers of type T are calculated with: Sum holds sums of four of them, Wide the sum of two products.
template <class T>
struct Number;
template <>
struct Number<int16_t> {
  using Sum = int32_t;
  using Wide = int32_t;
  static constexpr int32_t kFractionBits = 15, kOne = INT16_MAX;
};
template <>
struct Number<int32_t> {
  using Sum = int32_t;  // wraps
  using Wide = int64_t;
  static constexpr int32_t kFractionBits = 31, kOne = INT32_MAX;
};
template <>
struct Number<float> {
  using Sum = float;
  using Wide = float;
  static constexpr int32_t kFractionBits = 0;
};
template <class T>
constexpr bool is_float = Number<T>::kFractionBits == 0;
/// A complex number on its way.
template <class T>
using ComplexSum = Complex<typename Number<T>::Sum>;

int32_t plus(int32_t a, int32_t b) {
  return wrapping_add(a, b);
}
int32_t minus(int32_t a, int32_t b) {
  return wrapping_subtract(a, b);
}
float plus(float a, float b) {
  return a + b;
}
float minus(float a, float b) {
  return a - b;
}

template <class S>
Complex<S> operator+(Complex<S> a, Complex<S> b) {
  return {plus(a.re, b.re), plus(a.im, b.im)};
}
template <class S>
Complex<S> operator-(Complex<S> a, Complex<S> b) {
  return {minus(a.re, b.re), minus(a.im, b.im)};
}
/// a + i b, that is a plus b turned by a quarter forwards.
template <class S>
Complex<S> plus_i(Complex<S> a, Complex<S> b) {
  return {minus(a.re, b.im), plus(a.im, b.re)};
}
template <class S>
Complex<S> minus_i(Complex<S> a, Complex<S> b) {
  return {plus(a.re, b.im), minus(a.im, b.re)};
}

template <class T>
Complex<T> narrow(ComplexSum<T> a) {
  return {static_cast<T>(a.re), static_cast<T>(a.im)};
}
template <class T>
T negated(T a) {
  return static_cast<T>(minus(typename Number<T>::Sum{0}, a));
}
template <class T>
Complex<T> conjugate(Complex<T> a) {
  return {a.re, negated(a.im)};
}
template <class T>
T half(typename Number<T>::Sum a) {
  if constexpr (is_float<T>)
    return a * 0.5f;
  else
    return static_cast<T>(a >> 1);
}
/// What is left of a sum that is kept in T's bits.
template <class T>
ComplexSum<T> kept(ComplexSum<T> a) {
  return {static_cast<T>(a.re), static_cast<T>(a.im)};
}

/// A product of fractions as a fraction, rounded.
template <class T>
[[gnu::always_inline]] inline typename Number<T>::Sum rounded(typename Number<T>::Wide product) {
  if constexpr (is_float<T>) {
    return product;
  } else {
    constexpr typename Number<T>::Wide kHalf = 1;
    constexpr int32_t kBits = Number<T>::kFractionBits;
    return static_cast<int32_t>((product + (kHalf << (kBits - 1))) >> kBits);
  }
}

/// Floats have the room that integers must make.
template <int32_t divisor, class T>
[[gnu::always_inline]] inline ComplexSum<T> divided(Complex<T> a) {
  if constexpr (is_float<T>) {
    return a;
  } else {
    constexpr typename Number<T>::Wide kReciprocal = Number<T>::kOne / divisor;
    return {rounded<T>(a.re * kReciprocal), rounded<T>(a.im * kReciprocal)};
  }
}

/// |a| <= one * sqrt(1/2) per radix-2 step or less, so the sums of products fit.
template <class T>
[[gnu::always_inline]] inline ComplexSum<T> times(ComplexSum<T> a, Complex<T> b) {
  using Wide = typename Number<T>::Wide;
  const Wide re = a.re, im = a.im;
  return {rounded<T>(re * b.re - im * b.im), rounded<T>(re * b.im + im * b.re)};
}

/// e^(-2 pi i index / circle) from the quarter sine; circle = 4 * (quarter_sine.size - 1), 0 <= index <
/// circle * 3/4. Its conjugate for the inverse.
template <bool inverse, class T>
Complex<T> twiddle(Span<const T> quarter_sine, int32_t index) {
  const int32_t quarter = quarter_sine.size - 1;
  const auto turned = [](T re, T im) { return Complex<T>{re, inverse ? negated(im) : im}; };
  if (index <= quarter) return turned(quarter_sine[quarter - index], negated(quarter_sine[index]));
  index -= quarter;
  if (index <= quarter) return turned(negated(quarter_sine[index]), negated(quarter_sine[quarter - index]));
  index -= quarter;
  return turned(negated(quarter_sine[quarter - index]), quarter_sine[index]);
}

/// The radix-4 butterfly on four numbers that have been divided and turned already.
template <bool inverse, class T>
void combine(ComplexSum<T> a, ComplexSum<T> b, ComplexSum<T> c, ComplexSum<T> d, Complex<T>* out,
             int32_t stride) {
  const ComplexSum<T> even = a + c;
  const ComplexSum<T> even_difference = a - c;
  const ComplexSum<T> odd = b + d;
  const ComplexSum<T> odd_difference = b - d;
  out[0] = narrow<T>(even + odd);
  out[(inverse ? 3 : 1) * stride] = narrow<T>(minus_i(even_difference, odd_difference));
  out[2 * stride] = narrow<T>(even - odd);
  out[(inverse ? 1 : 3) * stride] = narrow<T>(plus_i(even_difference, odd_difference));
}

/// The samples 2 * index and 2 * index + 1 as one complex number.
template <class T>
Complex<T> pair(Span<const T> samples, int32_t index) {
  index *= 2;
  if (index + 1 < samples.size) return {samples[index], samples[index + 1]};
  return {index < samples.size ? samples[index] : T{0}, 0};
}

/// Puts the pairs into the order in which the steps need them: the digits of the index reversed. They are
/// base-4 digits, save for the last one, which goes first here and has `first_radix` values.
template <class T>
void reorder(Span<const T> samples, int32_t n, int32_t first_radix, Complex<T>* out) {
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

/// The first step if it is one of radix 2: butterflies of neighbours. The twiddle factor of all is one, which
/// changes no number that has been divided by two.
template <class T>
void radix2_step(Complex<T>* data, int32_t n) {
  for (int32_t i = 0; i < n; i += 2) {
    const ComplexSum<T> a = divided<2>(data[i]);
    const ComplexSum<T> b = divided<2>(data[i + 1]);
    data[i] = narrow<T>(a + b);
    data[i + 1] = narrow<T>(a - b);
  }
}

/// Any other step: butterflies of four numbers `stride` apart, in place. Runs through the butterflies that
/// share their twiddle factors one after the other.
template <bool inverse, class T>
void radix4_step(Complex<T>* data, int32_t n, int32_t stride, Span<const T> quarter_sine) {
  const int32_t turn = (quarter_sine.size - 1) / stride;
  for (int32_t k = 0; k < stride; ++k) {
    const Complex<T> tw1 = twiddle<inverse>(quarter_sine, k * turn);
    const Complex<T> tw2 = twiddle<inverse>(quarter_sine, 2 * k * turn);
    const Complex<T> tw3 = twiddle<inverse>(quarter_sine, 3 * k * turn);
    for (int32_t i = k; i < n; i += 4 * stride) {
      Complex<T>* at = data + i;
      combine<inverse, T>(divided<4>(at[0]), times<T>(divided<4>(at[stride]), tw1),
                          times<T>(divided<4>(at[2 * stride]), tw2),
                          times<T>(divided<4>(at[3 * stride]), tw3), at, stride);
    }
  }
}

/// The complex FFT of n pairs.
template <bool inverse, class T>
void transform(Span<const T> samples, Span<const T> quarter_sine, int32_t n, Complex<T>* out) {
  int32_t stride = 1;
  while (stride < n) stride *= 4;
  const bool odd = stride > n;  // an odd power of two
  reorder(samples, n, odd ? 2 : 4, out);
  if (odd) radix2_step(out, n);
  for (stride = odd ? 2 : 1; stride < n; stride *= 4) radix4_step<inverse>(out, n, stride, quarter_sine);
}

/// e^(-i pi (k / n + 1/2)), the factor between the spectra of even and odd samples; its conjugate for the
/// inverse.
template <bool inverse, class T>
Complex<T> split_twiddle(Span<const T> quarter_sine, int32_t k, int32_t n) {
  const int32_t quarter = quarter_sine.size - 1, index = k * (2 * quarter / n);
  const T cosine = quarter_sine[quarter - index];
  return {negated(quarter_sine[index]), inverse ? cosine : negated(cosine)};
}

/// Takes the spectrum of the pairs apart into the spectra of the even and of the odd samples and joins those.
template <class T>
void split_pairs(Complex<T>* spectrum, int32_t n, Span<const T> quarter_sine) {
  const ComplexSum<T> dc = divided<2>(spectrum[0]);
  spectrum[0] = {static_cast<T>(plus(dc.re, dc.im)), 0};
  spectrum[n] = {static_cast<T>(minus(dc.re, dc.im)), 0};
  for (int32_t k = 1; k <= n / 2; ++k) {
    const ComplexSum<T> front = divided<2>(spectrum[k]);
    const ComplexSum<T> back = divided<2>(conjugate(spectrum[n - k]));
    const ComplexSum<T> even = front + back;
    const ComplexSum<T> odd = kept<T>(times<T>(front - back, split_twiddle<false>(quarter_sine, k, n)));
    const ComplexSum<T> sum = even + odd;
    spectrum[k] = {half<T>(sum.re), half<T>(sum.im)};
    spectrum[n - k] = {half<T>(minus(even.re, odd.re)), half<T>(minus(odd.im, even.im))};
  }
}

/// The spectrum of the pairs from that of the samples: the way back from split_pairs.
template <class T>
void join_pairs(const Complex<T>* spectrum, int32_t n, Span<const T> quarter_sine, Complex<T>* pairs) {
  const typename Number<T>::Sum first = spectrum[0].re, last = spectrum[n].re;
  const Complex<T> ends = {static_cast<T>(plus(first, last)), static_cast<T>(minus(first, last))};
  pairs[0] = narrow<T>(divided<2>(ends));
  for (int32_t k = 1; k <= n / 2; ++k) {
    const ComplexSum<T> front = divided<2>(spectrum[k]);
    const ComplexSum<T> back = divided<2>(conjugate(spectrum[n - k]));
    const ComplexSum<T> even = front + back;
    const ComplexSum<T> odd = times<T>(front - back, split_twiddle<true>(quarter_sine, k, n));
    pairs[k] = narrow<T>(even + odd);
    pairs[n - k] = conjugate(narrow<T>(even - odd));
  }
}

template <class T>
void forward(Span<const T> samples, Span<const T> quarter_sine, int32_t fft_size, Complex<T>* spectrum) {
  transform<false>(samples, quarter_sine, fft_size / 2, spectrum);
  split_pairs(spectrum, fft_size / 2, quarter_sine);
}

template <class T>
void backward(const Complex<T>* spectrum, Span<const T> quarter_sine, int32_t fft_size, T* scratch,
              T* samples) {
  join_pairs(spectrum, fft_size / 2, quarter_sine, reinterpret_cast<Complex<T>*>(scratch));
  transform<true>(Span<const T>(scratch, fft_size), quarter_sine, fft_size / 2,
                  reinterpret_cast<Complex<T>*>(samples));
}

}  // namespace

void real_fft(Span<const int16_t> samples, Span<const int16_t> quarter_sine, int32_t fft_size,
              Span<Complex<int16_t>> spectrum) {
  forward(samples, quarter_sine, fft_size, spectrum.data);
}
void real_fft(Span<const int32_t> samples, Span<const int32_t> quarter_sine, int32_t fft_size,
              Span<Complex<int32_t>> spectrum) {
  forward(samples, quarter_sine, fft_size, spectrum.data);
}
void real_fft(Span<const float> samples, Span<const float> quarter_sine, int32_t fft_size,
              Span<Complex<float>> spectrum) {
  forward(samples, quarter_sine, fft_size, spectrum.data);
}

void inverse_real_fft(Span<const Complex<int16_t>> spectrum, Span<const int16_t> quarter_sine,
                      int32_t fft_size, int16_t* scratch, int16_t* samples) {
  backward(spectrum.data, quarter_sine, fft_size, scratch, samples);
}
void inverse_real_fft(Span<const Complex<int32_t>> spectrum, Span<const int32_t> quarter_sine,
                      int32_t fft_size, int32_t* scratch, int32_t* samples) {
  backward(spectrum.data, quarter_sine, fft_size, scratch, samples);
}
void inverse_real_fft(Span<const Complex<float>> spectrum, Span<const float> quarter_sine, int32_t fft_size,
                      float* scratch, float* samples) {
  backward(spectrum.data, quarter_sine, fft_size, scratch, samples);
  const float reciprocal = 1.0f / static_cast<float>(fft_size);  // exact, a power of two
  for (int32_t i = 0; i < fft_size; ++i) samples[i] *= reciprocal;
}

}  // namespace inkling
