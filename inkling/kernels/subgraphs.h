// How control flow moves data between a step and the subgraphs that it runs.
#pragma once
#include "inkling/core/memory.h"
#include "inkling/core/runtime.h"

namespace inkling {

/// Copies the operands that a caller has at `from` to a subgraph's, or back; both sides have equal sizes
/// (prepared). What a subgraph never writes is left as it is.
inline void copy_operands(void* const* from, const Span<const Operand>& to) {
  for (int32_t i = 0; i < to.size; ++i) move_bytes(to[i].data, from[i], to[i].n_bytes);
}
inline void copy_operands(const Span<const Operand>& from, void* const* to) {
  for (int32_t i = 0; i < from.size; ++i)
    if (from[i].data) move_bytes(to[i], from[i].data, from[i].n_bytes);
}
inline void copy_operands(const Span<const Operand>& from, const Span<const Operand>& to) {
  for (int32_t i = 0; i < to.size; ++i)
    if (from[i].data) move_bytes(to[i].data, from[i].data, to[i].n_bytes);
}

}  // namespace inkling
