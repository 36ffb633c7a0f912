// What the desk knows about memory plans beyond the planner: a bound that none can go below, and a search for
// a better one than the device's, for models that are compiled. Leaves out what makes blocks: the loader.
#pragma once
#include "inkling/plan/planner.h"

namespace inkling::host {

/// The most bytes that are alive in one step; outputs and inputs that may overlap count as what they need
/// together.
int32_t least_bytes(Span<const Block> blocks);

/// As plan(), which it asks with many orders of the blocks: all of them for a few blocks, else by moving one
/// block after another, until the least bytes are reached or it has tried for long. The same blocks always
/// give the same plan.
int32_t search_plan(Span<Block> blocks);

}  // namespace inkling::host
