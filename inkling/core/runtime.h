// Runtime: a prepared program in the arena - graphs of steps - and the loop that runs them. Operators that
// run other subgraphs or end a run early reach it through Io. Leaves out loading (inkling/run/loader.h).
#pragma once
#include "inkling/core/op.h"

namespace inkling {

/// One prepared operator. Its slots (inputs, then outputs) follow it in memory, and its Params follow them.
struct Step {
  Eval eval;
  Step* next;
  void* scratch;
  uint8_t n_inputs;
  uint8_t n_outputs;

  void** slots() { return reinterpret_cast<void**>(this + 1); }
  void* params() { return slots() + n_inputs + n_outputs; }
};

/// Where an input or output of a subgraph lies.
struct Operand {
  void* data;
  int32_t n_bytes;
};

/// One prepared subgraph. `operands` are its inputs, then its outputs.
struct Graph {
  Step* first;
  Operand* operands;
  uint8_t n_inputs;
  uint8_t n_outputs;

  Span<const Operand> inputs() const { return {operands, n_inputs}; }
  Span<const Operand> outputs() const { return {operands + n_inputs, n_outputs}; }
};

/// Heads memory that keeps its contents between invocations: a variable tensor, a resource variable (which
/// has a name), or an operator's own state. The bytes follow it.
struct Variable {
  Variable* next;
  const char* name;  ///< of a resource variable, else null
  int32_t n_bytes;
  uint8_t initial;  ///< every byte starts with this value

  uint8_t* bytes() { return reinterpret_cast<uint8_t*>(this + 1); }
};

/// What an observer is told, before and after each step.
struct StepEvent {
  int32_t subgraph;
  int32_t op;  ///< the operator's index in its subgraph
  bool done;   ///< false: about to run
  const Io* io;
  int32_t n_outputs;
  const void* params;
};

/// Called before and after each step; returning false ends the run there.
using Observer = bool (*)(void* context, const StepEvent& event);

/// A prepared program and the state of its run.
struct Runtime {
  Span<Graph> graphs;
  Variable* variables = nullptr;
  Observer observer = nullptr;
  void* observer_context = nullptr;
  bool stopped = false;  ///< set by an operator or an observer that ends the run early
  uint8_t depth = 0;     ///< subgraphs that are running now
  int32_t n_runs = 0;    ///< subgraphs that have been run in this invocation

  /// Runs one subgraph from its first step to its last, or until stopped. What only a malformed model does
  /// stops the run: subgraphs nested deeper than kMaxDepth, or more of them than kMaxRuns, as in a loop
  /// without an end.
  void run(int32_t subgraph);
  static constexpr uint8_t kMaxDepth = 8;
  static constexpr int32_t kMaxRuns = 1 << 21;
  /// Gives every variable its initial value.
  void reset();
};

}  // namespace inkling
