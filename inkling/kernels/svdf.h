// SVDF: a rank-decomposed filter over time. Each filter reduces the new input to one number, keeps the last
// `memory` of them, and weighs them; `rank` filters make a unit.
//   state[f] = (state[f] shifted by one, clamp(requantize(sum((x - x_zero_point) * w_feature[f]))) +
//   state_zero_point) out[u] = requantize(bias[u] + sum over its filters and time ((state - state_zero_point)
//   * w_time)) + zero_point
// Sums wrap at 2^31 like the reference's.
#pragma once
#include "inkling/arch/arch.h"
#include "inkling/core/memory.h"

namespace inkling {

struct SvdfShape {
  int32_t batches, inputs, filters, memory, rank;

  template <class V>
  static void visit(V&& v, const SvdfShape& p) {
    v("batches", p.batches);
    v("inputs", p.inputs);
    v("filters", p.filters);
    v("memory", p.memory);
    v("rank", p.rank);
  }
};

struct SvdfParams {
  SvdfShape shape;
  int32_t input_zero_point, state_zero_point, output_zero_point;
  int32_t feature_multiplier, feature_shift;
  int32_t output_multiplier, output_shift;

  template <class V>
  static void visit(V&& v, const SvdfParams& p) {
    v("shape", p.shape);
    v("input_zero_point", p.input_zero_point);
    v("state_zero_point", p.state_zero_point);
    v("output_zero_point", p.output_zero_point);
    v("feature_multiplier", p.feature_multiplier);
    v("feature_shift", p.feature_shift);
    v("output_multiplier", p.output_multiplier);
    v("output_shift", p.output_shift);
  }
};

struct SvdfFloatParams {
  SvdfShape shape;
  float low, high;

  template <class V>
  static void visit(V&& v, const SvdfFloatParams& p) {
    v("shape", p.shape);
    v("low", p.low);
    v("high", p.high);
  }
};

/// x * multiplier: the short way where it goes, as it mostly does.
template <class A>
class Rescale {
 public:
  explicit Rescale(Multiplier m)
      : multiplier_(m), fraction_(m.shift > 0 ? Multiplier() : m), limit_(m.shift > 0 ? 0 : 1u << 31) {}
  int32_t operator()(int32_t x) const {
    return static_cast<uint32_t>(x) + (1u << 30) < limit_ ? A::scale(x, fraction_)
                                                          : A::requantize(x, multiplier_);
  }

 private:
  Multiplier multiplier_;
  Fraction fraction_;
  uint32_t limit_;
};

/// Moves a row of states by one, appends the newest, and weighs it: sum((state - zero_point) * weights),
/// wrapping. An int16 state has no zero point.
template <class A>
inline uint32_t push_and_weigh(int8_t* row, int8_t newest, int32_t zero_point, const int8_t* weights,
                               int32_t n) {
  return static_cast<uint32_t>(A::push_and_dot(row, newest, zero_point, weights, n));
}
template <class A>
inline uint32_t push_and_weigh(int16_t* row, int16_t newest, int32_t, const int16_t* weights, int32_t n) {
  move_bytes(row, row + 1, (n - 1) * static_cast<int32_t>(sizeof *row));
  row[n - 1] = newest;
  return A::dot_wide(row, weights, n);
}

/// Weighs rows of states in units of `rank` filters, each with its newest state, newest(f).
template <class A, class State, class F>
void weigh_units(const SvdfParams& p, const State* weights, const int32_t* bias, State* state, int8_t* output,
                 F newest) {
  const SvdfShape& s = p.shape;
  const Rescale<A> to_output({p.output_multiplier, p.output_shift});
  const int32_t zero_point = p.state_zero_point;
  uint32_t sum = 0;
  int32_t left = s.rank;  // of a unit's filters
  for (int32_t f = 0; f < s.filters; ++f, state += s.memory, weights += s.memory) {
    sum += push_and_weigh<A>(state, newest(f), zero_point, weights, s.memory);
    if (--left > 0) continue;
    left = s.rank;
    const auto total = static_cast<int32_t>(sum + static_cast<uint32_t>(bias ? *bias++ : 0));
    *output++ = A::saturate(wrapping_add(to_output(total), p.output_zero_point));
    sum = 0;
  }
}

/// input [batches, inputs], feature [filters, inputs], time [filters, memory], bias [units] or null,
/// state [batches, filters * memory], output [batches, units]. State is int8 or int16.
template <class A, class State>
void filter_over_time(const SvdfParams& p, const int8_t* input, const int8_t* feature, const State* time,
                      const int32_t* bias, State* state, int8_t* output) {
  const SvdfShape& s = p.shape;
  constexpr int32_t high = sizeof(State) == 1 ? 127 : 32767, low = -high - 1;
  const Rescale<A> to_state({p.feature_multiplier, p.feature_shift});
  const int32_t n_units = s.filters / s.rank;
  for (int32_t b = 0; b < s.batches; ++b, input += s.inputs) {
    Sums sums = {};
    weigh_units<A>(p, time, bias, state, output, [&](int32_t f) {
      // Four filters at a time meet the new input; the last ones alone.
      const int8_t* row = feature + f * s.inputs;
      if ((f & 3) == 0 && f + 4 <= s.filters)
        sums = A::dot_rows(input, p.input_zero_point, row, s.inputs, s.inputs);
      else if ((f & ~3) + 4 > s.filters)
        sums.v[f & 3] = A::dot(input, p.input_zero_point, row, s.inputs);
      // The reference clamps before it adds the zero point, so that the sum may wrap.
      return static_cast<State>(A::clamp(to_state(sums.v[f & 3]), low, high) + p.state_zero_point);
    });
    state += s.filters * s.memory;
    output += n_units;
  }
}

inline void filter_over_time_float(const SvdfFloatParams& p, const float* input, const float* feature,
                                   const float* time, const float* bias, float* state, float* output) {
  const SvdfShape& s = p.shape;
  const int32_t n_state = s.batches * s.filters * s.memory;
  move_bytes(state, state + 1, (n_state - 1) * static_cast<int32_t>(sizeof(float)));
  for (int32_t b = 0; b < s.batches; ++b, input += s.inputs) {
    const float* weights = time;
    for (int32_t u = 0; u < s.filters / s.rank; ++u) {
      float total = bias ? bias[u] : 0.0f;
      for (int32_t r = 0; r < s.rank; ++r, state += s.memory, weights += s.memory) {
        const float* row = feature + (u * s.rank + r) * s.inputs;
        float newest = 0.0f, sum = 0.0f;
        for (int32_t i = 0; i < s.inputs; ++i) newest += row[i] * input[i];
        state[s.memory - 1] = newest;
        for (int32_t i = 0; i < s.memory; ++i) sum += state[i] * weights[i];
        total += sum;
      }
      *output++ = total < p.low ? p.low : total > p.high ? p.high : total;
    }
  }
}

}  // namespace inkling
