// The documented inputs of the benchmark, the same for every engine.
#pragma once
#include "inkling/core/memory.h"

namespace inkling::bench {

/// The numbers that fill the inputs: x = 1664525 * x + 1013904223 mod 2^32 from x = 12345 on.
struct Numbers {
  uint32_t x = 12345;
  uint32_t next() { return x = x * 1664525u + 1013904223u; }
};

/// Fills n elements with the highest bits of each number; floats get -1 to 1, types without such bits are
/// left zero.
template <class T>
void fill(T* elements, int32_t n, Numbers& numbers) {
  for (int32_t i = 0; i < n; ++i) {
    const uint32_t x = numbers.next();
    if constexpr (sizeof(T) == 1)
      elements[i] = static_cast<T>(x >> 24);
    else if constexpr (sizeof(T) == 2)
      elements[i] = static_cast<T>(x >> 16);
    else if constexpr (T(0.5f) != T(0))
      elements[i] = static_cast<T>(static_cast<int32_t>(x)) * (1.0f / 2147483648.0f);
    else
      elements[i] = 0;
  }
}

}  // namespace inkling::bench
