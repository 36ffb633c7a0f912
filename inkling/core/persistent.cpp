// Taking memory from the arena's end.
#include "inkling/core/persistent.h"

namespace inkling {

uint8_t* Persistent::take(int32_t n) {
  if (n > kMaxArenaBytes - n_bytes) {
    n_bytes = kMaxArenaBytes;
    return nullptr;
  }
  n_bytes += aligned(n);
  return n_bytes <= arena_bytes - reserved_bytes ? arena + arena_bytes - n_bytes : nullptr;
}

Variable* Persistent::add_variable(int32_t n, uint8_t initial, const char* name) {
  auto* variable = reinterpret_cast<Variable*>(take(static_cast<int32_t>(sizeof(Variable)) + n));
  if (!variable) return nullptr;
  *variable = {variables, name, n, initial};
  variables = variable;
  return variable;
}

}  // namespace inkling
