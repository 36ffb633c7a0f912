// Operators of two inputs, element by element with broadcasting: function objects, and what happens to a row.
// Their Params start with the Broadcast.
#pragma once
#include "inkling/kernels/broadcast.h"
#include "inkling/kernels/element.h"
#include "inkling/kernels/fixed_point.h"
#include "inkling/kernels/float_math.h"

namespace inkling {

// --- Functions of two values. Integers wrap, as the reference's do; floats are floats. ---

/// The type to calculate in: unsigned for integers, whose sums and products may leave their range.
template <class T>
struct Wrapping {
  using Type = uint32_t;
};
template <>
struct Wrapping<float> {
  using Type = float;
};

struct Sum {
  template <class T>
  static T of(T a, T b) {
    using W = typename Wrapping<T>::Type;
    return static_cast<T>(static_cast<W>(a) + static_cast<W>(b));
  }
  /// Of a machine's Numbers, which stay within their range.
  template <class N>
  static N of_numbers(N a, N b) {
    return a + b;
  }
};
struct Difference {
  template <class T>
  static T of(T a, T b) {
    using W = typename Wrapping<T>::Type;
    return static_cast<T>(static_cast<W>(a) - static_cast<W>(b));
  }
  /// Of a machine's Numbers, which stay within their range.
  template <class N>
  static N of_numbers(N a, N b) {
    return a - b;
  }
};
struct Product {
  template <class T>
  static T of(T a, T b) {
    using W = typename Wrapping<T>::Type;
    return static_cast<T>(static_cast<W>(a) * static_cast<W>(b));
  }
};
struct SquaredDifference {
  template <class T>
  static T of(T a, T b) {
    const T difference = Difference::of(a, b);
    return Product::of(difference, difference);
  }
};
/// Rounds towards zero. What has no answer on integers is 0 or wraps; the reference would trap.
struct Quotient {
  static float of(float a, float b) { return a / b; }
  static int32_t of(int32_t a, int32_t b) {
    return b == 0 ? 0 : b == -1 ? Difference::of<int32_t>(0, a) : a / b;
  }
};
struct FloorQuotient {
  static float of(float a, float b) { return floor_float(a / b); }
  static int32_t of(int32_t a, int32_t b) {
    const int32_t q = Quotient::of(a, b);
    return b != 0 && b != -1 && a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
  }
};
/// What is left of a beyond a whole multiple of b; has b's sign.
struct FloorRemainder {
  static float of(float a, float b) {
    const float r = remainder_float(a, b);
    return r != 0 && (b < 0) != (r < 0) ? r + b : r;
  }
  static int32_t of(int32_t a, int32_t b) {
    const int32_t r = b == 0 || b == -1 ? 0 : a % b;
    return r != 0 && (b < 0) != (r < 0) ? r + b : r;
  }
};
struct Power {
  static float of(float a, float b) { return power_float(a, b); }
  static int32_t of(int32_t a, int32_t b) {
    int32_t result = b < 0 ? 0 : 1;
    for (; b > 0; b >>= 1, a = Product::of(a, a))
      if (b & 1) result = Product::of(result, a);
    return result;
  }
};
struct Maximum {
  template <class T>
  static T of(T a, T b) {
    return a > b ? a : b;
  }
};
struct Minimum {
  template <class T>
  static T of(T a, T b) {
    return a < b ? a : b;
  }
};
/// On bytes that hold a bool, which the model may have filled with anything.
struct And {
  static uint8_t of(uint8_t a, uint8_t b) { return a && b; }
};
struct Or {
  static uint8_t of(uint8_t a, uint8_t b) { return a || b; }
};
struct PositiveOrScaled {
  static float of(float a, float alpha) { return a >= 0.0f ? a : a * alpha; }
};

// --- Rows of values as they are. ---

template <class F, class T>
void plain_row(const void*, const Row& r) {
  auto *a = static_cast<const T*>(r.in[0]), *b = static_cast<const T*>(r.in[1]);
  auto* out = static_cast<T*>(r.out);
  for (int32_t i = 0; i < r.n; ++i, a += r.step[0], b += r.step[1]) out[i] = F::of(element(a), element(b));
}

/// With a fused activation.
template <class T>
struct ClampedParams {
  Broadcast broadcast;
  T low, high;

  template <class V>
  static void visit(V&& v, const ClampedParams& p) {
    v("broadcast", p.broadcast);
    v("low", p.low);
    v("high", p.high);
  }
};

template <class F, class T>
void clamped_row(const void* params, const Row& r) {
  const auto& p = *static_cast<const ClampedParams<T>*>(params);
  auto *a = static_cast<const T*>(r.in[0]), *b = static_cast<const T*>(r.in[1]);
  auto* out = static_cast<T*>(r.out);
  for (int32_t i = 0; i < r.n; ++i, a += r.step[0], b += r.step[1]) {
    const T value = F::of(*a, *b);
    out[i] = value < p.low ? p.low : value > p.high ? p.high : value;
  }
}

// --- Rows of quantized values. ---

/// What all quantized operators need. The inputs' multipliers bring them to a common scale, with `left_shift`
/// extra bits, where the operator needs one.
struct QuantizedParams {
  Broadcast broadcast;
  int32_t left_shift;
  int32_t a_multiplier, b_multiplier, output_multiplier;
  int8_t a_shift, b_shift, output_shift;
  int16_t a_zero_point, b_zero_point, output_zero_point;
  int16_t low, high;

  template <class V>
  static void visit(V&& v, const QuantizedParams& p) {
    v("broadcast", p.broadcast);
    v("left_shift", p.left_shift);
    v("a_multiplier", p.a_multiplier);
    v("b_multiplier", p.b_multiplier);
    v("output_multiplier", p.output_multiplier);
    v("a_shift", p.a_shift);
    v("b_shift", p.b_shift);
    v("output_shift", p.output_shift);
    v("a_zero_point", p.a_zero_point);
    v("b_zero_point", p.b_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("low", p.low);
    v("high", p.high);
  }
};

/// out = clamp(f(a - a_zero_point, b - b_zero_point) + output_zero_point)
template <class A, class T, class F>
void quantized_row(const QuantizedParams& p, const Row& r, F&& f) {
  auto *a = static_cast<const T*>(r.in[0]), *b = static_cast<const T*>(r.in[1]);
  auto* out = static_cast<T*>(r.out);
  for (int32_t i = 0; i < r.n; ++i, a += r.step[0], b += r.step[1]) {
    const int32_t value = wrapping_add(f(*a - p.a_zero_point, *b - p.b_zero_point), p.output_zero_point);
    out[i] = static_cast<T>(A::clamp(value, p.low, p.high));
  }
}

/// x on the common scale. No sum of two overflows: |x| < 2^(31 - left_shift - 2), or nearly so.
template <class A>
int32_t on_common_scale(const QuantizedParams& p, int32_t x, const Multiplier& m) {
  return A::requantize(static_cast<int32_t>(static_cast<uint32_t>(x) << p.left_shift), m);
}

/// F (Sum, Difference, SquaredDifference) of the values on a common scale.
template <class A, class F, class T>
void common_scale_row(const void* params, const Row& r) {
  const auto& p = *static_cast<const QuantizedParams*>(params);
  const Multiplier ma{p.a_multiplier, p.a_shift}, mb{p.b_multiplier, p.b_shift};
  const Multiplier mo{p.output_multiplier, p.output_shift};
  quantized_row<A, T>(p, r, [&](int32_t a, int32_t b) {
    return A::requantize(F::of(on_common_scale<A>(p, a, ma), on_common_scale<A>(p, b, mb)), mo);
  });
}

/// f(i, x[i] on the common scale) for n bytes, as many at a time as the machine takes.
template <class A, class T, class F>
inline void bytes_on_common_scale(int32_t left_shift, Multiplier m, int32_t zero_point, const T* x,
                                  int32_t step, int32_t n, F&& f) {
  const Fraction fraction(m);
  const int32_t unit = 1 << left_shift, origin = -zero_point * unit;
  for (int32_t i = 0; i < n; i += A::kNumbers, x += A::kNumbers * step)
    f(i, A::scale(A::numbers(x, step, n - i) * unit + origin, fraction));
}

template <class F, class T>
constexpr bool kAddsInt8 = false;
template <>
inline constexpr bool kAddsInt8<Sum, int8_t> = true;

/// Sums of int8 as the machine makes them by itself. Says whether it could: rows of equal steps, the whole
/// range, and multipliers as they mostly are - a half for the input of the larger scale, less for the other.
template <class A>
bool add_row(const QuantizedParams& p, const Row& r) {
  const bool b_is_exact = p.b_multiplier == 1 << 30 && p.b_shift == 0;
  const int32_t shift = -(b_is_exact ? p.a_shift : p.b_shift), out_shift = -p.output_shift;
  const int32_t exact_multiplier = b_is_exact ? p.b_multiplier : p.a_multiplier;
  if (exact_multiplier != 1 << 30 || shift < 1 || out_shift < 1 || out_shift > 22 || p.low != -128 ||
      p.high != 127 || r.step[0] != 1 || r.step[1] != 1)
    return false;
  const int32_t scaled = b_is_exact ? 0 : 1;
  const int32_t zero_points[] = {p.a_zero_point, p.b_zero_point};
  auto* out = static_cast<int8_t*>(r.out);
  A::add_row({static_cast<const int8_t*>(r.in[scaled]), static_cast<const int8_t*>(r.in[1 - scaled]), out,
              -zero_points[scaled] * (1 << 21), b_is_exact ? p.a_multiplier : p.b_multiplier,
              1 << (shift - 1), shift, -zero_points[1 - scaled] * (1 << 19), p.output_multiplier,
              (1 << (out_shift - 1)) + p.output_zero_point * (1 << out_shift), out_shift, out + r.n});
  return true;
}

/// The same for Sum and Difference of bytes, whose numbers stay below 2^29 and whose multipliers below 1. It
/// goes in short passes, each with few enough numbers for the registers.
template <class A, class F, class T>
void common_scale_row_of_bytes(const void* params, const Row& r) {
  const auto& p = *static_cast<const QuantizedParams*>(params);
  if constexpr (A::kAddsRows && kAddsInt8<F, T>)
    if (add_row<A>(p, r)) return;
  auto *a = static_cast<const T*>(r.in[0]), *b = static_cast<const T*>(r.in[1]);
  auto* out = static_cast<T*>(r.out);
  constexpr int32_t kPass = 32;
  typename A::Numbers numbers[kPass / A::kNumbers];
  for (int32_t left = r.n; left > 0; left -= kPass) {
    const int32_t n = left < kPass ? left : kPass;
    bytes_on_common_scale<A>(p.left_shift, {p.a_multiplier, p.a_shift}, p.a_zero_point, a, r.step[0], n,
                             [&](int32_t i, auto x) { numbers[i / A::kNumbers] = x; });
    bytes_on_common_scale<A>(p.left_shift, {p.b_multiplier, p.b_shift}, p.b_zero_point, b, r.step[1], n,
                             [&](int32_t i, auto x) {
                               auto& number = numbers[i / A::kNumbers];
                               number = F::of_numbers(number, x);
                             });
    const Fraction f({p.output_multiplier, p.output_shift});
    const int32_t zero_point = p.output_zero_point, low = p.low, high = p.high;
    for (int32_t i = 0; i < n; i += A::kNumbers, out += A::kNumbers)
      A::put(out, A::clamp(A::scale(numbers[i / A::kNumbers], f) + zero_point, low, high), n - i);
    a += n * r.step[0];
    b += n * r.step[1];
  }
}

template <class A, class T>
void product_row(const void* params, const Row& r) {
  const auto& p = *static_cast<const QuantizedParams*>(params);
  const Multiplier mo{p.output_multiplier, p.output_shift};
  quantized_row<A, T>(p, r, [&](int32_t a, int32_t b) { return A::requantize(wrapping_multiply(a, b), mo); });
}

/// a / b: the reciprocal of b, with its leading one as the 1 of 1 / (1 + x), times a with all its headroom.
/// A division by zero is one by the smallest step.
template <class A, class T>
void quotient_row(const void* params, const Row& r) {
  const auto& p = *static_cast<const QuantizedParams*>(params);
  quantized_row<A, T>(p, r, [&](int32_t a, int32_t b) {
    if (b < 0) a = -a, b = -b;
    if (b == 0) b = 1;
    const Reciprocal reciprocal = FixedPoint<A>::reciprocal(static_cast<uint32_t>(b));
    const int32_t headroom = a == 0 ? 31 : __builtin_clrsb(a);
    const int32_t quotient = A::doubling_high_product(
        static_cast<int32_t>(static_cast<uint32_t>(a) << headroom), reciprocal.value);
    const int32_t right = reciprocal.integer_bits + headroom - p.output_shift;
    return right > 31 ? 0 : A::rounding_shift(A::doubling_high_product(quotient, p.output_multiplier), right);
  });
}

/// PRELU: a where it is not negative, else a * b; each with its own multiplier (a's and b's). Alpha is int8
/// also where a is int16.
template <class A, class T>
void prelu_row(const void* params, const Row& r) {
  const auto& p = *static_cast<const QuantizedParams*>(params);
  const Multiplier ma{p.a_multiplier, p.a_shift}, mb{p.b_multiplier, p.b_shift};
  auto* a = static_cast<const T*>(r.in[0]);
  auto* b = static_cast<const int8_t*>(r.in[1]);
  auto* out = static_cast<T*>(r.out);
  for (int32_t i = 0; i < r.n; ++i, a += r.step[0], b += r.step[1]) {
    const int32_t x = *a - p.a_zero_point;
    const int32_t value = x >= 0 ? A::requantize(x, ma) : A::requantize(x * (*b - p.b_zero_point), mb);
    out[i] = static_cast<T>(A::clamp(wrapping_add(value, p.output_zero_point), p.low, p.high));
  }
}

// --- Comparisons: one row for all six, which differ in the outcomes that they accept. ---

enum Outcome : uint8_t { kLess = 1, kEqual = 2, kGreater = 4, kUnordered = 8 };

template <class T>
bool accepts(uint8_t accepted, T a, T b) {
  return accepted & (a < b ? kLess : a > b ? kGreater : a == b ? kEqual : kUnordered);
}

struct CompareParams {
  Broadcast broadcast;
  uint8_t accepted;  ///< the Outcomes that give true

  template <class V>
  static void visit(V&& v, const CompareParams& p) {
    v("broadcast", p.broadcast);
    v("accepted", p.accepted);
  }
};

template <class T>
void compare_row(const void* params, const Row& r) {
  const uint8_t accepted = static_cast<const CompareParams*>(params)->accepted;
  auto *a = static_cast<const T*>(r.in[0]), *b = static_cast<const T*>(r.in[1]);
  auto* out = static_cast<uint8_t*>(r.out);
  for (int32_t i = 0; i < r.n; ++i, a += r.step[0], b += r.step[1])
    out[i] = accepts(accepted, element(a), element(b));
}

struct CompareQuantizedParams {
  QuantizedParams values;
  uint8_t accepted;

  template <class V>
  static void visit(V&& v, const CompareQuantizedParams& p) {
    v("values", p.values);
    v("accepted", p.accepted);
  }
};

template <class A, class T>
void compare_quantized_row(const void* params, const Row& r) {
  const auto& p = *static_cast<const CompareQuantizedParams*>(params);
  const QuantizedParams& q = p.values;
  const Multiplier ma{q.a_multiplier, q.a_shift}, mb{q.b_multiplier, q.b_shift};
  auto *a = static_cast<const T*>(r.in[0]), *b = static_cast<const T*>(r.in[1]);
  auto* out = static_cast<uint8_t*>(r.out);
  for (int32_t i = 0; i < r.n; ++i, a += r.step[0], b += r.step[1])
    out[i] = accepts(p.accepted, on_common_scale<A>(q, *a - q.a_zero_point, ma),
                     on_common_scale<A>(q, *b - q.b_zero_point, mb));
}

// --- SELECT: x where the condition holds, else y. Elements are bytes. ---

template <int32_t n_bytes>
void select_row(const void*, const Row& r) {
  auto* condition = static_cast<const uint8_t*>(r.in[0]);
  auto *x = static_cast<const uint8_t*>(r.in[1]), *y = static_cast<const uint8_t*>(r.in[2]);
  auto* out = static_cast<uint8_t*>(r.out);
  for (int32_t i = 0; i < r.n; ++i, condition += r.step[0], out += n_bytes) {
    copy_bytes(out, *condition ? x : y, n_bytes);
    x += r.step[1] * n_bytes;
    y += r.step[2] * n_bytes;
  }
}

}  // namespace inkling
