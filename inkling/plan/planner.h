// Lifetimes -> places: where each block of memory lies so that blocks alive at the same time do not overlap.
// A pure function that knows no operator. Greedy by size: optimal for chains, usually within a few percent
// elsewhere.
#pragma once
#include "inkling/core/span.h"

namespace inkling {

/// Every place is a multiple of this.
constexpr int32_t kArenaAlignment = 8;

/// `n` rounded up to the arena's alignment.
constexpr int32_t aligned(int32_t n) {
  return (n + kArenaAlignment - 1) & -kArenaAlignment;
}

/// No plan may pass this, so that sums of places and sizes stay within 31 bits.
constexpr int32_t kMaxArenaBytes = 1 << 30;

/// A piece of memory that is alive from step `first` to step `last`, both included.
struct Block {
  int32_t n_bytes;
  int32_t place;  ///< the planner's answer, a byte position; meaningless for n_bytes == 0
  int16_t first;
  int16_t last;
};

/// Sets the place of each block with n_bytes > 0. Returns the bytes that the plan needs, or -1 if that would
/// pass kMaxArenaBytes.
int32_t plan(Span<Block> blocks);

}  // namespace inkling
