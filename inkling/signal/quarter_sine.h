// The sine table of the FFT operators, made by the compiler, one per type; it serves every size up to
// kLargestFft. Leaves out the table of the sound front end, which has its own size.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"
#include "inkling/signal/table_math.h"

namespace inkling {

constexpr int32_t kLargestFft = 2048;

/// What stands for 1.
template <class T>
inline constexpr double kSineOne = 1;
template <>
inline constexpr double kSineOne<int16_t> = INT16_MAX;
template <>
inline constexpr double kSineOne<int32_t> = INT32_MAX;

template <class T>
struct QuarterSine {
  T at[kLargestFft / 4 + 1] = {};

  constexpr QuarterSine() {
    constexpr double kHalf = kSineOne<T> == 1 ? 0 : 0.5;
    for (int32_t i = 0; i <= kLargestFft / 4; ++i)
      at[i] = static_cast<T>(kSineOne<T> * table_math::sin_quarter(2 * table_math::kPi / kLargestFft * i) +
                             kHalf);
  }
};

/// See real_fft.
template <class T>
inline constexpr QuarterSine<T> kQuarterSine;

}  // namespace inkling
