// AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D over the taps that lie inside the input.
#pragma once
#include "inkling/arch/arch.h"
#include "inkling/kernels/float_math.h"
#include "inkling/kernels/window.h"

namespace inkling {

template <class Bound>
struct PoolParams {
  Window window;
  Bound low, high;

  template <class V>
  static void visit(V&& v, const PoolParams& p) {
    v("window", p.window);
    v("low", p.low);
    v("high", p.high);
  }
};

/// The largest value of each window. `lowest` is the type's smallest value.
struct MaxPool {
  template <class T>
  static T start(T lowest) {
    return lowest;
  }
  template <class Sum, class T>
  static Sum add(Sum sum, T value) {
    return value > sum ? value : sum;
  }
  template <class Sum>
  static Sum end(Sum sum, int32_t) {
    return sum;
  }
};

/// The mean of each window: floats are divided; integers are rounded, halves away from zero.
struct AveragePool {
  template <class T>
  static T start(T) {
    return 0;
  }
  template <class Sum, class T>
  static Sum add(Sum sum, T value) {
    return sum + value;
  }
  static int32_t end(int32_t sum, int32_t n) { return (sum > 0 ? sum + n / 2 : sum - n / 2) / n; }
  static float end(float sum, int32_t n) { return sum / static_cast<float>(n); }
};

/// The root of the mean of squares of each window.
struct L2Pool {
  static float start(float) { return 0.0f; }
  static float add(float sum, float value) { return sum + value * value; }
  static float end(float sum, int32_t n) { return square_root_float(sum / static_cast<float>(n)); }
};

/// The taps of a window: rows and columns inside, and the elements from one to the next.
struct WindowTaps {
  int32_t n_rows, n_columns, row, column;
};

template <class Pool, class T>
constexpr bool kSumsBytes = false;
template <>
inline constexpr bool kSumsBytes<AveragePool, int8_t> = true;

/// The sums of four channels over a window's taps.
inline Sums sum_bytes(const int8_t* x, WindowTaps taps) {
  if (taps.n_columns * taps.column == taps.row) {  // whole lines are one
    taps.n_columns *= taps.n_rows;
    taps.n_rows = 1;
  }
  Sums sums = {};
  for (; taps.n_rows > 0; --taps.n_rows, x += taps.row)
    Arch::add_bytes(x, taps.column, taps.n_columns, &sums);
  return sums;
}

/// input [b, ih, iw, c], output [b, oh, ow, c]. Every window has at least one tap inside (prepare has
/// checked).
template <class Pool, class T, class Bound>
void pool(const PoolParams<Bound>& p, const T* input, T* output, Bound lowest) {
  const Window& w = p.window;
  const int32_t column = w.input_channels, row = w.input_width * w.input_channels;
  for (int32_t b = 0; b < w.batches; ++b, input += w.input_height * row) {
    for (int32_t y = 0; y < w.output_height; ++y) {
      for (int32_t x = 0; x < w.output_width; ++x) {
        const Taps ky = rows_inside(w, y), kx = columns_inside(w, x);
        const T* first = input + (ky.origin + ky.first) * row + (kx.origin + kx.first) * column;
        const int32_t n_rows = ky.end - ky.first, n_columns = kx.end - kx.first;
        const WindowTaps taps = {n_rows, n_columns, row, column};
        int32_t c = 0;
        if constexpr (kSumsBytes<Pool, T>)
          for (; c + 4 <= w.input_channels; c += 4)
            for (const int32_t sum : sum_bytes(first + c, taps).v) {
              const int32_t value = Pool::end(sum, n_rows * n_columns);
              *output++ = static_cast<T>(value < p.low ? p.low : value > p.high ? p.high : value);
            }
        for (; c < w.input_channels; ++c) {
          Bound sum = Pool::start(lowest);
          const T* line = first + c;
          for (int32_t i = 0; i < n_rows; ++i, line += row) {
            const T* from = line;
            for (int32_t j = 0; j < n_columns; ++j, from += column) sum = Pool::add(sum, *from);
          }
          const Bound value = Pool::end(sum, n_rows * n_columns);
          *output++ = static_cast<T>(value < p.low ? p.low : value > p.high ? p.high : value);
        }
      }
    }
  }
}

}  // namespace inkling
