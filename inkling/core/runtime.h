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

/// One prepared subgraph. `operands` are the places of its inputs, then of its outputs.
struct Graph {
  Step* first;
  void** operands;
  uint8_t n_inputs;
  uint8_t n_outputs;
};

/// Heads the memory of a tensor that keeps its value between invocations. The bytes follow it.
struct Variable {
  Variable* next;
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

  /// Runs one subgraph from its first step to its last, or until stopped.
  void run(int32_t subgraph);
  /// Gives every variable its initial value.
  void reset();
};

}  // namespace inkling
