// Reading elements of tensors: 64-bit constants of a model lie at multiples of 4, all others at multiples of
// their size.
#pragma once
#include "inkling/core/memory.h"

namespace inkling {

template <class T>
T element(const T* from) {
  if constexpr (sizeof(T) == 8)
    return load<T>(from);
  else
    return *from;
}

}  // namespace inkling
