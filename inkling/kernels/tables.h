// Tables that the compiler fills: what the reference keeps as numbers, or builds from a libm when it starts.
// Doubles are fine here, no machine ever sees them.
#pragma once
#include <stdint.h>

namespace inkling {

/// n numbers in flash.
template <class T, int32_t n>
struct ConstantTable {
  T v[n] = {};
  constexpr T operator[](int32_t i) const { return v[i]; }
};

/// exp(x), for the compiler: the Taylor series of exp(x / 1024), squared ten times.
constexpr double exp_at_compile_time(double x) {
  const double small = x / 1024;
  double term = 1, sum = 0;  // without the 1, which would cost digits
  for (int32_t i = 1; i < 14; ++i) sum += term *= small / i;
  for (int32_t i = 0; i < 10; ++i) sum = sum * (2 + sum);
  return 1 + sum;
}

constexpr int32_t round_at_compile_time(double x) {
  return static_cast<int32_t>(x < 0 ? x - 0.5 : x + 0.5);
}

/// 1 / (1 + exp(-i / 24)) in steps of 2^-16 for int16 LOGISTIC and TANH, raised by half of what a chord
/// between two entries lies below the curve, so that interpolation errs to both sides alike. The last entry
/// is the end.
constexpr ConstantTable<uint16_t, 256> make_logistic_table() {
  constexpr double step = 1.0 / 24;
  ConstantTable<uint16_t, 256> table;
  for (int32_t i = 0; i < 255; ++i) {
    const auto value = [&](double x) { return 65536 / (1 + exp_at_compile_time(-x * step)); };
    const double sag = value(i + 0.5) - (value(i) + value(i + 1)) / 2;
    table.v[i] = static_cast<uint16_t>(round_at_compile_time(value(i) + sag / 2));
  }
  table.v[255] = 65535;
  return table;
}
inline constexpr ConstantTable<uint16_t, 256> logistic_table = make_logistic_table();

/// Numbers in steps of 2^-15 for SOFTMAX on int16: exp(x) for x in [-10, 0] or 1 / (1 + x) for x in [0, 1],
/// at 512 places and the end. As above the chord's error is halved, by the reference's own chain of
/// roundings.
template <class F>
constexpr ConstantTable<int16_t, 513> make_softmax_table(float first, float last, F f) {
  const float step = (last - first) / 512;
  const auto value = [&](float x) { return static_cast<float>(f(x)) * 32768.0f; };
  const auto whole = [](float x) { return static_cast<float>(round_at_compile_time(x)); };
  const auto limited = [](float x) { return static_cast<int16_t>(x > 32767.0f ? 32767.0f : x); };
  ConstantTable<int16_t, 513> table;
  for (int32_t i = 0; i < 512; ++i) {
    const float at = first + static_cast<float>(i) * step, next = first + static_cast<float>(i + 1) * step;
    const float sample = whole(value(at));
    const float chord = whole((value(next) + sample) / 2), middle = whole(value(at + step / 2));
    table.v[i] = limited(sample - whole((chord - middle) / 2));
  }
  table.v[512] = limited(whole(value(last)));
  return table;
}
constexpr double one_over_one_plus_at_compile_time(double x) {
  return static_cast<double>(1.0f / (1.0f + static_cast<float>(x)));
}
inline constexpr ConstantTable<int16_t, 513> exp_table =
    make_softmax_table(-10.0f, 0.0f, exp_at_compile_time);
inline constexpr ConstantTable<int16_t, 513> one_over_one_plus_table =
    make_softmax_table(0.0f, 1.0f, one_over_one_plus_at_compile_time);

/// An entry of such a table for x in -32768..32767, with linear interpolation.
inline int16_t look_up(const ConstantTable<int16_t, 513>& table, int32_t x) {
  const int32_t i = (x >> 7) + 256, rest = x & 127;
  return static_cast<int16_t>(table[i] + (((table[i + 1] - table[i]) * rest + 64) >> 7));
}

}  // namespace inkling
