// Reductions over any set of axes: for each kept index, all reduced ones, in the reference's order (indices
// ascending, the last axis fastest), so that float sums are equal. What is done with the values is a reducer:
//   state = start(); add(state, value) for each value; output = end(state)
#pragma once
#include "inkling/arch/arch.h"

namespace inkling {

/// Indices of one loop, and the elements from one to the next.
struct ReduceAxis {
  int32_t n, stride;
};

/// The loops of a reduction, outermost first. Neighbours of one kind are merged, so that any tensor of rank 6
/// and most larger ones fit; loops that are not needed are in front and have one turn.
struct Reduction {
  static constexpr int32_t kMaxAxes = 3;
  ReduceAxis kept[kMaxAxes], reduced[kMaxAxes];

  template <class V>
  static void visit(V&& v, const Reduction& p) {
    for (const ReduceAxis& axis : p.kept) {
      v("kept", axis.n);
      v("stride", axis.stride);
    }
    for (const ReduceAxis& axis : p.reduced) {
      v("reduced", axis.n);
      v("stride", axis.stride);
    }
  }
};

/// One output: everything that is reduced from `from` on.
template <class Reducer, class T>
auto reduce_one(const ReduceAxis* axes, const Reducer& reducer, const T* from) {
  auto state = reducer.start();
  const T* a = from;
  for (int32_t i = 0; i < axes[0].n; ++i, a += axes[0].stride) {
    const T* b = a;
    for (int32_t j = 0; j < axes[1].n; ++j, b += axes[1].stride) {
      const T* c = b;
      for (int32_t k = 0; k < axes[2].n; ++k, c += axes[2].stride) reducer.add(state, *c);
    }
  }
  return reducer.end(state);
}

template <class Reducer, class T, class Out>
void reduce(const Reduction& p, const Reducer& reducer, const T* input, Out* output) {
  const T* a = input;
  for (int32_t i = 0; i < p.kept[0].n; ++i, a += p.kept[0].stride) {
    const T* b = a;
    for (int32_t j = 0; j < p.kept[1].n; ++j, b += p.kept[1].stride) {
      const T* c = b;
      for (int32_t k = 0; k < p.kept[2].n; ++k, c += p.kept[2].stride)
        *output++ = static_cast<Out>(reduce_one(p.reduced, reducer, c));
    }
  }
}

/// The smallest and the largest finite number of a type.
template <class T>
constexpr T smallest() {
  if constexpr (static_cast<T>(0.5f) != 0)
    return static_cast<T>(-3.4028235e38f);
  else if constexpr (static_cast<T>(-1) > 0)
    return 0;
  else
    return static_cast<T>(-(int64_t{1} << (8 * sizeof(T) - 1)));
}
template <class T>
constexpr T largest() {
  if constexpr (static_cast<T>(0.5f) != 0)
    return -smallest<T>();
  else
    return static_cast<T>(-1 - smallest<T>());
}

/// Reducers whose state is the result.
template <class T>
struct MaxReducer {
  static T start() { return smallest<T>(); }
  static void add(T& state, T x) { state = x > state ? x : state; }
  static T end(T state) { return state; }
};
template <class T>
struct MinReducer {
  static T start() { return largest<T>(); }
  static void add(T& state, T x) { state = x < state ? x : state; }
  static T end(T state) { return state; }
};
/// Whether all (or any) bytes are not 0.
template <bool all>
struct LogicReducer {
  static bool start() { return all; }
  static void add(bool& state, uint8_t x) { state = all ? state && x != 0 : state || x != 0; }
  static bool end(bool state) { return state; }
};
/// Products and sums; integers wrap. Wide: the type to compute in.
template <class Wide>
struct ProductReducer {
  static Wide start() { return 1; }
  template <class T>
  static void add(Wide& state, T x) {
    state *= static_cast<Wide>(x);
  }
  static Wide end(Wide state) { return state; }
};
template <class Wide>
struct SumReducer {
  static Wide start() { return 0; }
  template <class T>
  static void add(Wide& state, T x) {
    state += static_cast<Wide>(x);
  }
  static Wide end(Wide state) { return state; }
};

/// SUM and MEAN of floats: the sum divided by 1 or by the number of values.
struct FloatSumParams {
  Reduction shape;
  float divisor;

  template <class V>
  static void visit(V&& v, const FloatSumParams& p) {
    v("shape", p.shape);
    v("divisor", p.divisor);
  }
};
struct FloatSumReducer : SumReducer<float> {
  float divisor;
  float end(float sum) const { return sum / divisor; }
};

/// Quantized SUM and MEAN: clamp(requantize(sum - zero_points) + output_zero_point), the sums wrapping.
struct QuantizedSumParams {
  Reduction shape;
  int32_t zero_points;  ///< the input's zero point times the number of values
  int32_t multiplier, shift;
  int32_t output_zero_point, low, high;

  template <class V>
  static void visit(V&& v, const QuantizedSumParams& p) {
    v("shape", p.shape);
    v("zero_points", p.zero_points);
    v("multiplier", p.multiplier);
    v("shift", p.shift);
    v("output_zero_point", p.output_zero_point);
    v("low", p.low);
    v("high", p.high);
  }
};
template <class A>
struct QuantizedSumReducer : SumReducer<uint32_t> {
  const QuantizedSumParams& p;
  explicit QuantizedSumReducer(const QuantizedSumParams& params) : p(params) {}
  int32_t end(uint32_t sum) const {
    const auto centred = static_cast<int32_t>(sum - static_cast<uint32_t>(p.zero_points));
    const int32_t q = A::requantize(centred, {p.multiplier, p.shift});
    return A::clamp(wrapping_add(q, p.output_zero_point), p.low, p.high);
  }
};

/// The index of the first value that no later one is `better` than.
template <class T, bool greatest>
struct ArgReducer {
  struct State {
    T best;
    int32_t best_at, at;
  };
  static State start() { return {T(), 0, 0}; }
  static void add(State& s, T x) {
    if (s.at == 0 || (greatest ? x > s.best : x < s.best)) {
      s.best = x;
      s.best_at = s.at;
    }
    ++s.at;
  }
  static int32_t end(const State& s) { return s.best_at; }
};

}  // namespace inkling
