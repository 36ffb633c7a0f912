// Op: everything the runtime knows about an operator. Io: what its eval gets. OpList: what an application
// carries.
#pragma once
#include "inkling/core/span.h"
#include "inkling/core/status.h"
#include "inkling/core/types.h"

namespace inkling {

class Prepare;
struct Runtime;

/// Where the data of one step lies. Slots are inputs first, then outputs; an absent optional input is null.
struct Io {
  void* const* slots;
  int32_t n_inputs;
  void* memory;      ///< what prepare asked for with request_scratch or take_state, else null
  Runtime* runtime;  ///< for operators that run other subgraphs or end the run

  /// Input `i`, null when the model leaves it out.
  template <class T>
  const T* in(int32_t i) const {
    return i < n_inputs ? static_cast<const T*>(slots[i]) : nullptr;
  }
  /// An input that keeps state between invocations, to be changed in place.
  template <class T>
  T* state(int32_t i) const {
    return static_cast<T*>(slots[i]);
  }
  template <class T>
  T* out(int32_t i) const {
    return static_cast<T*>(slots[n_inputs + i]);
  }
  /// The step's own memory: scratch, or state that lasts until the next reset.
  template <class T>
  T* scratch() const {
    return static_cast<T*>(memory);
  }
};

/// Computes a step from what prepare left in params. Cannot fail.
using Eval = void (*)(const void* params, const Io& io);

/// An operator: its name and number in the schema, and the function that checks one use of it, fills its
/// Params and chooses its Eval.
struct Op {
  const char* name;
  int16_t code;  ///< BuiltinOperator; kCustom for custom operators, which are found by name
  Status (*prepare)(Prepare&);
};

/// BuiltinOperator CUSTOM.
constexpr int16_t kCustom = 32;

/// The operators that an application carries: `constexpr OpList list{ops::int8::conv_2d, ...};`
/// What is not listed is not linked.
template <int32_t n>
struct OpList {
  const Op* list[n];
  template <class... Rest>
  constexpr OpList(const Op& first, const Rest&... rest) : list{&first, &rest...} {}
  constexpr operator Span<const Op* const>() const { return {list, n}; }
};
template <class... Rest>
OpList(const Op&, const Rest&...) -> OpList<1 + static_cast<int32_t>(sizeof...(Rest))>;

}  // namespace inkling
