// The position of the highest set bit. Leaves out everything else about bits.
#pragma once
#include <stdint.h>

namespace inkling {

/// The number of bits that `value` needs: 0 for 0, 32 for 2^31 and above.
constexpr int32_t bit_width(uint32_t value) {
  return value == 0 ? 0 : 32 - __builtin_clz(value);
}

}  // namespace inkling
