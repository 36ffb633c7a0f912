// Loader: turns a model into steps in the arena. Steps, graphs and variables grow down from the arena's end;
// the planned activations lie at its start, where the planner's own blocks lie while it works.
#pragma once
#include "inkling/core/runtime.h"
#include "inkling/format/model.h"
#include "inkling/plan/planner.h"

namespace inkling {

class Prepare;

/// What the desk wants to know of a load; the device passes none.
struct LoadListener {
  /// After operator `op` of `subgraph` has been prepared.
  virtual void prepared(int32_t subgraph, int32_t op, Prepare& prepare) = 0;
  /// Places the blocks of a subgraph, as plan() does.
  virtual int32_t place(Span<Block> blocks) { return plan(blocks); }
  /// After a subgraph has been planned: blocks of its tensors, then of its operators' scratch. Places count
  /// from the start of the arena; tensors that are not activations have n_bytes == 0.
  virtual void planned(int32_t subgraph, Span<const Block> blocks) = 0;

 protected:
  ~LoadListener() = default;
};

/// A loaded program.
struct Loaded {
  Span<Graph> graphs;
  Variable* variables = nullptr;
  int32_t arena_used = 0;        ///< bytes needed, from the arena's start as given
  int32_t persistent_bytes = 0;  ///< of these: steps, graphs, variables
};

/// Loads `model` into `arena`. On failure `failure` says why: an arena that is too small gives no_room with
/// the bytes that are needed in `want`; operators that `ops` lacks give unsupported, the first of them in
/// `op`, how many there are in `got`.
Status load_model(Bytes model, MutableBytes arena, Span<const Op* const> ops, Loaded* loaded,
                  Failure* failure, LoadListener* listener = nullptr);

/// The operator of `ops` for `op`; null when it is not listed.
const Op* find_op(Span<const Op* const> ops, const Operator& op);

}  // namespace inkling
