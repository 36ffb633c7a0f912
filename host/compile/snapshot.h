// Snapshot: a model as the loader leaves it - steps, Params, addresses - taken apart on the desk so that it
// can be written as source code. Addresses become places that hold on every machine. Leaves out writing.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/compile/packing.h"
#include "host/engine/params_layout.h"
#include "host/engine/program.h"
#include "host/engine/tensor_facts.h"

namespace inkling::host {

/// Where a step finds data: nowhere (an input that is left out), in the arena, or among the constants.
struct Place {
  enum class In : uint8_t { nothing, arena, constant } in = In::nothing;
  int32_t at = 0;  ///< bytes from the arena's start, or the constant's number
};

/// One prepared operator.
struct SnapshotStep {
  std::string op;           ///< the operator's name in the schema
  std::string eval;         ///< the C++ name of what runs, as the compiler on the desk says it
  std::string params_type;  ///< likewise; empty without Params
  std::string header;       ///< where the eval is; empty where the operator's own file has it
  std::vector<Param> params;
  std::vector<Place> slots;  ///< inputs, then outputs
  int32_t n_inputs = 0;
  Place memory;  ///< scratch or state
};

struct SnapshotOperand {
  Place place;
  int32_t n_bytes = 0;
};

struct SnapshotGraph {
  std::vector<SnapshotStep> steps;
  std::vector<SnapshotOperand> inputs, outputs;
};

/// Bytes of the model that some step reads.
struct SnapshotConstant {
  std::string name;
  Type type = Type::int8;
  std::vector<uint8_t> bytes;
};

/// Memory that reset() gives its initial value.
struct SnapshotVariable {
  int32_t place, n_bytes;
  uint8_t initial;
};

/// A loaded model. The arena holds what the plan gives the activations, then the variables.
struct Snapshot {
  std::string file;
  std::vector<SnapshotGraph> graphs;
  std::vector<SnapshotConstant> constants;
  std::vector<SnapshotVariable> variables;
  int32_t arena_bytes = 0;
  std::vector<TensorFacts> inputs, outputs;
  std::vector<std::string> labels;
};

/// Loads a model and takes it apart, its operators packed for a target. Throws an Error "FILE: reason" when
/// it cannot be loaded.
Snapshot take_snapshot(const ModelFile& file, const Target& target = {});

}  // namespace inkling::host
