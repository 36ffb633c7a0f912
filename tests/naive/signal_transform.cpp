// SignalRfft and SignalIrfft. In fixed point, by recursion: a transform of n numbers from transforms of every
// fourth (or second) one, each number divided by 4 (2) and then turned, both times rounded. In float: the
// sums that define a transform, and its inverse with 1 / n.
#include <cstdint>

#include "tests/operator_case.h"

namespace inkling::naive {
namespace {

struct Fixed {
  int32_t bits;
  bool inverse;

  int64_t one() const { return (int64_t{1} << bits) - 1; }
  int64_t wrapped(int64_t x) const { return bits == 15 ? static_cast<int16_t>(x) : static_cast<int32_t>(x); }
  int64_t rounded(int64_t product) const { return wrapped((product + (int64_t{1} << (bits - 1))) >> bits); }
};

struct Point {
  int64_t re, im;
};

Point divided(const Fixed& fixed, Point a, int64_t divisor) {
  return {fixed.rounded(a.re * (fixed.one() / divisor)), fixed.rounded(a.im * (fixed.one() / divisor))};
}
Point added(const Fixed& fixed, Point a, Point b) {
  return {fixed.wrapped(a.re + b.re), fixed.wrapped(a.im + b.im)};
}
Point negative(const Fixed& fixed, Point a) {
  return {fixed.wrapped(-a.re), fixed.wrapped(-a.im)};
}
Point conjugate(const Fixed& fixed, Point a) {
  return {a.re, fixed.wrapped(-a.im)};
}

// a * e^(-i angle), e^(i angle) for the inverse.
Point turned(const Fixed& fixed, Point a, double angle) {
  const auto one = static_cast<double>(fixed.one());
  const auto c = static_cast<int64_t>(std::floor(0.5 + one * std::cos(angle)));
  const auto s = static_cast<int64_t>(std::floor(0.5 + one * std::sin(fixed.inverse ? angle : -angle)));
  return {fixed.rounded(a.re * c - a.im * s), fixed.rounded(a.re * s + a.im * c)};
}

// i^quarters times a, (-i)^quarters times a for the forward transform.
Point quarter_turned(const Fixed& fixed, Point a, size_t quarters) {
  for (quarters %= 4; quarters > 0; --quarters)
    a = fixed.inverse ? Point{fixed.wrapped(-a.im), a.re} : Point{a.im, fixed.wrapped(-a.re)};
  return a;
}

std::vector<Point> transform(const Fixed& fixed, const std::vector<Point>& x) {
  const size_t n = x.size(), radix = n % 4 == 0 ? 4 : 2, m = n / radix;
  if (n == 1) return x;
  std::vector<std::vector<Point>> parts(radix);
  for (size_t i = 0; i < n; ++i) parts[i % radix].push_back(x[i]);
  for (auto& part : parts) part = transform(fixed, part);
  std::vector<Point> out(n, Point{0, 0});
  for (size_t k = 0; k < m; ++k)
    for (size_t q = 0; q < radix; ++q) {
      Point a = divided(fixed, parts[q][k], static_cast<int64_t>(radix));
      if (q > 0) a = turned(fixed, a, 2 * M_PI * static_cast<double>(q * k) / static_cast<double>(n));
      for (size_t j = 0; j < radix; ++j)
        out[k + j * m] = added(fixed, out[k + j * m], quarter_turned(fixed, a, q * j * (4 / radix)));
    }
  return out;
}

Point point(const std::vector<double>& v, size_t i) {
  return {static_cast<int64_t>(v[2 * i]), static_cast<int64_t>(v[2 * i + 1])};
}

double angle_of(size_t k, size_t n) {
  return M_PI * (static_cast<double>(k) / static_cast<double>(n) + 0.5);
}

std::vector<double> rfft(const Fixed& fixed, const std::vector<double>& samples) {
  const size_t n = samples.size() / 2;
  std::vector<Point> x;
  for (size_t i = 0; i < n; ++i) x.push_back(point(samples, i));
  x = transform(fixed, x);
  std::vector<double> out(2 * n + 2);
  const auto put = [&](size_t k, int64_t re, int64_t im) {
    out[2 * k] = static_cast<double>(re);
    out[2 * k + 1] = static_cast<double>(im);
  };
  const Point dc = divided(fixed, x[0], 2);
  put(0, fixed.wrapped(dc.re + dc.im), 0);
  put(n, fixed.wrapped(dc.re - dc.im), 0);
  // Half of sums in 32 bits.
  const auto half = [](int64_t sum) { return static_cast<int64_t>(static_cast<int32_t>(sum) >> 1); };
  for (size_t k = 1; k <= n / 2; ++k) {
    const Point front = divided(fixed, x[k], 2), back = divided(fixed, conjugate(fixed, x[n - k]), 2);
    const Point even = added(fixed, front, back);
    const Point odd = turned(fixed, added(fixed, front, negative(fixed, back)), angle_of(k, n));
    put(k, half(even.re + odd.re), half(even.im + odd.im));
    put(n - k, half(even.re - odd.re), half(odd.im - even.im));
  }
  return out;
}

std::vector<double> irfft(const Fixed& fixed, const std::vector<double>& spectrum) {
  const size_t n = spectrum.size() / 2 - 1;
  std::vector<Point> x(n);
  const int64_t first = point(spectrum, 0).re, last = point(spectrum, n).re;
  x[0] = divided(fixed, {fixed.wrapped(first + last), fixed.wrapped(first - last)}, 2);
  for (size_t k = 1; k <= n / 2; ++k) {
    const Point front = divided(fixed, point(spectrum, k), 2);
    const Point back = divided(fixed, conjugate(fixed, point(spectrum, n - k)), 2);
    const Point even = added(fixed, front, back);
    const Point odd = turned(fixed, added(fixed, front, negative(fixed, back)), angle_of(k, n));
    x[k] = added(fixed, even, odd);
    x[n - k] = conjugate(fixed, added(fixed, even, negative(fixed, odd)));
  }
  std::vector<double> out;
  for (const Point& p : transform(fixed, x)) {
    out.push_back(static_cast<double>(p.re));
    out.push_back(static_cast<double>(p.im));
  }
  return out;
}

std::vector<double> real_rfft(const std::vector<double>& x) {
  std::vector<double> out;
  for (size_t k = 0; k <= x.size() / 2; ++k) {
    double re = 0, im = 0;
    for (size_t t = 0; t < x.size(); ++t) {
      const double angle = 2 * M_PI * static_cast<double>(k * t % x.size()) / static_cast<double>(x.size());
      re += x[t] * std::cos(angle);
      im -= x[t] * std::sin(angle);
    }
    out.insert(out.end(), {re, im});
  }
  return out;
}

std::vector<double> real_irfft(const std::vector<double>& spectrum) {
  const size_t n = spectrum.size() - 2;
  std::vector<double> out;
  for (size_t t = 0; t < n; ++t) {
    double sum = spectrum[0] + (t % 2 == 0 ? spectrum[n] : -spectrum[n]);
    for (size_t k = 1; k < n / 2; ++k) {
      const double angle = 2 * M_PI * static_cast<double>(k * t % n) / static_cast<double>(n);
      sum += 2 * (spectrum[2 * k] * std::cos(angle) - spectrum[2 * k + 1] * std::sin(angle));
    }
    out.push_back(sum / static_cast<double>(n));
  }
  return out;
}

template <bool inverse>
Case draw(Random& random) {
  const Type type = random.one_of({Type::int16, Type::int32, Type::float32});
  const int32_t n_rows = random.integer(1, 2), size = 8 << random.integer(0, 5);
  Case c;
  c.inputs = {tensor(type, {n_rows, inverse ? size + 2 : random.integer(1, size)})};
  c.outputs = {tensor(type, {n_rows, inverse ? size : size + 2})};
  fill(random, c.inputs[0]);
  c.custom["T"] = static_cast<int32_t>(type);
  c.custom["fft_length"] = size;
  c.absolute_tolerance = 1e-5 * size;  // of numbers up to 4
  return c;
}

template <bool inverse>
void define(Case& c) {
  const Operand& in = c.inputs[0];
  const Fixed fixed = {bits_of(in.type) - 1, inverse};
  std::vector<double> all;
  for (int32_t row = 0; row < in.dim(0); ++row) {
    const auto start = in.v.begin() + row * in.dim(1);
    std::vector<double> x(start, start + in.dim(1));
    if (!inverse) x.resize(static_cast<size_t>(c.custom["fft_length"]));
    const bool is_real = in.type == Type::float32;
    const std::vector<double> y =
        is_real ? (inverse ? real_irfft(x) : real_rfft(x)) : (inverse ? irfft(fixed, x) : rfft(fixed, x));
    all.insert(all.end(), y.begin(), y.end());
  }
  c.outputs[0].v = all;
}

const Register forward("SignalRfft", draw<false>, define<false>);
const Register backward("SignalIrfft", draw<true>, define<true>);

}  // namespace
}  // namespace inkling::naive
