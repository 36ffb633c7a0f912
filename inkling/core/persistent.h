// Persistent: the part of an arena that lasts as long as the program - steps, graphs, variables. Grows down
// from the arena's end and goes on counting when it is full, so that a failed load can tell the bytes that
// are needed.
#pragma once
#include "inkling/core/runtime.h"

namespace inkling {

/// Every place in an arena is a multiple of this.
constexpr int32_t kArenaAlignment = 8;

/// `n` rounded up to the arena's alignment.
constexpr int32_t aligned(int32_t n) {
  return (n + kArenaAlignment - 1) & -kArenaAlignment;
}

/// No arena may pass this, so that sums of two places or sizes stay within 31 bits.
constexpr int32_t kMaxArenaBytes = 1 << 29;

struct Persistent {
  uint8_t* arena;          ///< aligned start of the whole arena
  int32_t arena_bytes;     ///< its size, a multiple of the alignment
  int32_t reserved_bytes;  ///< at its start, for the planner's blocks
  int32_t n_bytes = 0;     ///< taken from its end, or that would have been
  Variable* variables = nullptr;

  /// Memory for `n` bytes, null when it does not fit.
  uint8_t* take(int32_t n);
  /// Memory that reset() gives its initial value, null when it does not fit.
  Variable* add_variable(int32_t n, uint8_t initial, const char* name);
  /// Where a variable's bytes start, from the arena's start; 0 for null.
  int32_t place_of(Variable* variable) const {
    return variable ? static_cast<int32_t>(variable->bytes() - arena) : 0;
  }
};

}  // namespace inkling
