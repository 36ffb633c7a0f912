// Lifetimes -> places: where each block of memory lies so that blocks alive at the same time do not overlap -
// but for an output that may take the place of an input. A pure function that knows no operator. Greedy, by
// size: on random chains of 20 steps 8 % above the most bytes that are alive at once, which no plan can beat.
#pragma once
#include "inkling/core/lead.h"

namespace inkling {

/// A piece of memory that is alive from step `first` to step `last`, both included.
struct Block {
  int32_t n_bytes;
  int32_t
      place;  ///< the planner's answer, a byte position; before, its weight: heavy blocks are placed first
  int16_t first;
  int16_t last;
  int16_t next = 0;  ///< the planner's own
  Lead lead = {};    ///< of what its last step makes of it
};

/// Whether `output`, which begins in the step that reads `input` for the last time, may overlap it, at the
/// input's lead. A block of one step is no such output but scratch.
inline bool shares(const Block& input, const Block& output) {
  return input.lead.shares() && input.last == output.first && output.first < output.last;
}

/// Sets the place of each block with n_bytes > 0. Returns the bytes that the plan needs, or -1 if that would
/// pass kMaxArenaBytes.
int32_t plan(Span<Block> blocks);

}  // namespace inkling
