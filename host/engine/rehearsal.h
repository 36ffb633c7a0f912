// Rehearsal: a load on the desk that stands for the load on a target with smaller pointers. Tells what every
// operator's prepare left behind, what is not supported, and the memory plan: the arena's bytes, exactly, and
// who lives where in it and when. Leaves out drawing.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/engine/params_layout.h"
#include "host/engine/program.h"

namespace inkling::host {

/// Microcontrollers have pointers of 4 bytes.
constexpr int32_t kTargetPointerBytes = 4;

/// What became of one operator. A refused one has neither Params nor scratch.
struct PreparedOperator {
  int32_t subgraph, index;
  std::string refusal;  ///< why it cannot run; empty for those that can
  std::vector<Param> params;
  int32_t params_bytes = 0;  ///< on the target
  int32_t scratch_bytes = 0;
};

/// A tensor or an operator's scratch in the arena, alive from step `first` to step `last`, both included; the
/// step after the last operator stands for the caller, who reads the outputs.
struct PlannedBlock {
  int32_t subgraph;
  int32_t tensor;      ///< its index, or -1
  int32_t scratch_of;  ///< the operator's index, or -1
  int32_t place;       ///< bytes from the arena's start
  int32_t n_bytes;
  int32_t first, last;
};

/// What a model needs in RAM.
struct MemoryPlan {
  int32_t arena_bytes = 0;             ///< all of it
  int32_t persistent_bytes = 0;        ///< of these, at the arena's end: steps, graphs, variables
  int32_t activation_bytes = 0;        ///< at the arena's start: the height of the plan
  int32_t least_activation_bytes = 0;  ///< below which no plan can go
  int32_t planning_bytes = 0;          ///< at the same place, while loading: the planner's notes
  int32_t variable_bytes = 0;          ///< of the persistent bytes: what keeps its value between invocations
  std::vector<PlannedBlock> blocks;
};

struct Rehearsal {
  std::vector<PreparedOperator> operators;  ///< of all subgraphs, up to a failure
  bool refused = false;                     ///< some operators cannot run: the plan is a lower bound
  std::string failure;                      ///< why there is no plan; empty if there is one
  MemoryPlan plan;
};

/// Loads the model for a target. Operators that cannot run do not end the load. Throws an Error for a
/// malformed file.
Rehearsal rehearse_load(const ModelFile& file, int32_t pointer_bytes = kTargetPointerBytes);

}  // namespace inkling::host
