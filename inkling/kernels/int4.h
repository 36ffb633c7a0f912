// int4: two numbers a byte, the low nibble first, -8 to 7.
#pragma once
#include <stdint.h>

namespace inkling {

/// Packed int4 numbers that are read like an array.
struct Int4Array {
  const int8_t* packed;

  int32_t operator[](int32_t i) const {
    const auto byte = static_cast<uint8_t>(packed[i >> 1]);
    return static_cast<int8_t>(i & 1 ? byte & 0xf0 : byte << 4) >> 4;
  }
};

/// Writes numbers `first` to `first + n` of `packed` as int8.
inline void unpack_int4(const int8_t* packed, int32_t first, int32_t n, int8_t* to) {
  const Int4Array from{packed};
  for (int32_t i = 0; i < n; ++i) to[i] = static_cast<int8_t>(from[first + i]);
}

}  // namespace inkling
