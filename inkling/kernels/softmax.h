// SOFTMAX and LOG_SOFTMAX over the last dimension.
//   out = exp((x - max) * beta) / sum(exp((x - max) * beta)), or the logarithm of it (beta is 1 there)
// 8 bits: the exponent in Q26, sums in Q19. int16: by tables, sums in Q15. As the reference, bit for bit.
#pragma once
#include "inkling/kernels/fixed_point.h"
#include "inkling/kernels/float_math.h"
#include "inkling/kernels/tables.h"

namespace inkling {

struct SoftmaxParams {
  int32_t rows, depth;
  int32_t multiplier, shift;    ///< from differences of inputs to Q26
  int32_t smallest_difference;  ///< below it exp counts as 0

  template <class V>
  static void visit(V&& v, const SoftmaxParams& p) {
    v("rows", p.rows);
    v("depth", p.depth);
    v("multiplier", p.multiplier);
    v("shift", p.shift);
    v("smallest_difference", p.smallest_difference);
  }
};

/// exp of a difference of inputs, in Q31.
template <class A>
int32_t exponential(const SoftmaxParams& p, int32_t difference) {
  return FixedPoint<A>::exp_negative(A::requantize(difference, {p.multiplier, p.shift}), 26);
}

/// The largest of a row, and the sum in Q19 of the exponentials of what the others lack of it.
template <class In>
struct Peak {
  In largest;
  uint32_t sum;

  template <class A>
  static Peak of(const SoftmaxParams& p, const In* row) {
    Peak peak = {row[0], 0};
    for (int32_t i = 0; i < p.depth; ++i)
      if (row[i] > peak.largest) peak.largest = row[i];
    for (int32_t i = 0; i < p.depth; ++i)
      if (row[i] - peak.largest >= p.smallest_difference)
        peak.sum += static_cast<uint32_t>(A::rounding_shift(exponential<A>(p, row[i] - peak.largest), 12));
    return peak;
  }
};

/// In is int8 or uint8. Out is that (scale 1/256, zero point at the lowest value) or int16 (scale 1/65536,
/// zero point -32768).
template <class A, class In, class Out>
void softmax_rows(const SoftmaxParams& p, const In* input, Out* output) {
  constexpr int32_t bits = 8 * static_cast<int32_t>(sizeof(Out));
  constexpr int32_t low = static_cast<Out>(-1) < 0 ? -(1 << (bits - 1)) : 0, high = low + (1 << bits) - 1;
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    const auto peak = Peak<In>::template of<A>(p, input);
    const Reciprocal scale = FixedPoint<A>::reciprocal(peak.sum ? peak.sum : 1);
    const int32_t right = scale.integer_bits - 19 + 31 - bits;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[i] - peak.largest;
      int32_t value = low;
      if (difference >= p.smallest_difference)
        value +=
            A::rounding_shift(A::doubling_high_product(scale.value, exponential<A>(p, difference)), right);
      output[i] = static_cast<Out>(A::clamp(value, low, high));
    }
  }
}

struct LogSoftmaxParams {
  SoftmaxParams softmax;
  int32_t reverse_multiplier, reverse_shift;  ///< from Q26 back to differences of inputs

  template <class V>
  static void visit(V&& v, const LogSoftmaxParams& p) {
    v("softmax", p.softmax);
    v("reverse_multiplier", p.reverse_multiplier);
    v("reverse_shift", p.reverse_shift);
  }
};

/// The output has scale 1/16 and zero point 127.
template <class A>
void log_softmax_rows(const LogSoftmaxParams& params, const int8_t* input, int8_t* output) {
  const SoftmaxParams& p = params.softmax;
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    const auto peak = Peak<int8_t>::template of<A>(p, input);
    const uint32_t sum = peak.sum > INT32_MAX ? INT32_MAX : peak.sum ? peak.sum : 1;
    const int32_t log_sum = FixedPoint<A>::log(static_cast<int32_t>(sum));
    // What lies farther below than Q26 reaches has the lowest value.
    const int32_t reach =
        A::requantize(log_sum + INT32_MIN, {params.reverse_multiplier, params.reverse_shift});
    const int32_t smallest = reach > p.smallest_difference - 1 ? reach : p.smallest_difference - 1;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[i] - peak.largest;
      const auto x = static_cast<uint32_t>(A::requantize(difference, {p.multiplier, p.shift}));
      const int32_t value = A::rounding_shift(static_cast<int32_t>(x - static_cast<uint32_t>(log_sum)), 22);
      output[i] = static_cast<int8_t>(difference > smallest ? A::clamp(value + 127, -128, 127) : -128);
    }
  }
}

/// int16 to int16 (scale 1/32768, zero point 0). The multiplier brings a difference of 10 to 65535. Sums of
/// 65536 elements are below 2^31.
template <class A>
void softmax_rows_int16(const SoftmaxParams& p, const int16_t* input, int16_t* output) {
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    int32_t largest = -32768, sum = 0;
    for (int32_t i = 0; i < p.depth; ++i) largest = input[i] > largest ? input[i] : largest;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t x = A::requantize(input[i] - largest, {p.multiplier, p.shift}) + 32767;
      sum += output[i] = look_up(exp_table, A::clamp(x, -32768, 32767));
    }
    if (sum == 0) continue;
    // The sum's leading one is the 1 of 1 / (1 + y); the table has y in 16 bits.
    const int32_t right = 31 - __builtin_clz(static_cast<uint32_t>(sum));
    const auto y = static_cast<int32_t>((((int64_t{sum} << (30 - right)) + (1 << 13)) >> 14) - (3 << 15));
    const int32_t scale = look_up(one_over_one_plus_table, A::clamp(y, -32768, 32767));
    for (int32_t i = 0; i < p.depth; ++i)
      output[i] = static_cast<int16_t>(A::clamp(
          static_cast<int32_t>((int64_t{output[i]} * scale + (1 << right >> 1)) >> right), 0, 32767));
  }
}

struct SoftmaxFloatParams {
  int32_t rows, depth;
  float beta;

  template <class V>
  static void visit(V&& v, const SoftmaxFloatParams& p) {
    v("rows", p.rows);
    v("depth", p.depth);
    v("beta", p.beta);
  }
};

inline void softmax_rows_float(const SoftmaxFloatParams& p, const float* input, float* output) {
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    float largest = -3.4028235e38f, sum = 0.0f;
    for (int32_t i = 0; i < p.depth; ++i) largest = input[i] > largest ? input[i] : largest;
    for (int32_t i = 0; i < p.depth; ++i) sum += output[i] = exp_float((input[i] - largest) * p.beta);
    for (int32_t i = 0; i < p.depth; ++i) output[i] /= sum;
  }
}

inline void log_softmax_rows_float(const SoftmaxFloatParams& p, const float* input, float* output) {
  for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
    float largest = -3.4028235e38f, sum = 0.0f;
    for (int32_t i = 0; i < p.depth; ++i) largest = input[i] > largest ? input[i] : largest;
    for (int32_t i = 0; i < p.depth; ++i) sum += exp_float(input[i] - largest);
    const float log_sum = log_float(sum);
    for (int32_t i = 0; i < p.depth; ++i) output[i] = input[i] - largest - log_sum;
  }
}

}  // namespace inkling
