// Lists of numbers that models hold as int32 or int64 tensors: axes, sizes, positions.
#pragma once
#include "inkling/core/memory.h"

namespace inkling {

/// Number `i` of a list; int64 values beyond int32 become its ends, which no dimension reaches.
inline int32_t index_at(const void* list, bool is_int64, int32_t i) {
  if (!is_int64) return static_cast<const int32_t*>(list)[i];
  const auto wide = load<int64_t>(static_cast<const uint8_t*>(list) + 8 * i);
  return wide < INT32_MIN ? INT32_MIN : wide > INT32_MAX ? INT32_MAX : static_cast<int32_t>(wide);
}

}  // namespace inkling
