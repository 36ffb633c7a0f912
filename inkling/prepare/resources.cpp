// Walks a subgraph's operators for the makers and users of a resource handle.
#include "inkling/prepare/resources.h"

namespace inkling {
namespace {

constexpr int16_t kVarHandle = 142, kReadVariable = 143, kAssignVariable = 144;
constexpr int32_t kSharedName = 1;  // field of VarHandleOptions

Tensor value_behind(const Subgraph& graph, int32_t handle) {
  for (int32_t i = 0; i < graph.n_operators(); ++i) {
    const Operator op = graph.op(i);
    if (op.input(0) != handle) continue;
    if (op.code == kReadVariable) return graph.tensor(op.output(0));
    if (op.code == kAssignVariable) return graph.tensor(op.input(1));
  }
  return {};
}

bool same_text(const char* a, const char* b) {
  for (; *a == *b; ++a, ++b)
    if (*a == 0) return true;
  return false;
}

// Each handle is looked up among those in front of it, so that more would take too long.
constexpr int32_t kMaxHandles = 128;

// What the VAR_HANDLEs in front of this one say. When memory is short there are no variables that would tell,
// and each must be counted once.
struct Before {
  int32_t n_handles;
  bool same_name;  // one of them has the same name, and a size
};

Before look_before(const Prepare& c, const char* name, bool by_name) {
  Before before = {0, false};
  for (int32_t g = 0; g < c.n_subgraphs(); ++g) {
    const Subgraph graph = c.subgraph(g);
    for (int32_t i = 0; i < graph.n_operators(); ++i) {
      const Operator op = graph.op(i);
      if (op.code != kVarHandle) continue;
      if (op.outputs.data == c.op().outputs.data || op.outputs.size < 1)
        return before;  // arrived at this one
      if (++before.n_handles >= kMaxHandles) return before;
      before.same_name |= by_name && !before.same_name && same_text(op.options.string(kSharedName), name) &&
                          value_behind(graph, op.output(0)).n_bytes > 0;
    }
  }
  return before;
}

}  // namespace

Status bind_variable(Prepare& c, const char* name, const Tensor& value, uint8_t initial) {
  Persistent& memory = c.persistent();
  Variable* variable = memory.variables;
  while (variable && !(variable->name && same_text(variable->name, name))) variable = variable->next;
  if (variable && value.n_bytes > variable->n_bytes)
    return c.fail(Status::bad_shape, "a resource variable is used with different sizes", value.n_bytes,
                  variable->n_bytes);
  const Before before = look_before(c, name, !variable);
  if (before.n_handles >= kMaxHandles)
    return c.fail(Status::bad_value, "the model has too many resource handles", kMaxHandles + 1, kMaxHandles);
  if (!variable && value.n_bytes > 0 && !before.same_name)
    variable = memory.add_variable(value.n_bytes, initial, name);
  c.pin_output(memory.place_of(variable));
  return Status::ok;
}

Tensor value_of_variable(const Prepare& c, int32_t handle) {
  return value_behind(c.graph(), handle);
}

Status expect_handle(Prepare& c, int32_t handle, const Tensor& value) {
  bool made = false;
  for (int32_t i = 0; i < c.graph().n_operators() && !made; ++i) {
    const Operator op = c.graph().op(i);
    made = op.code == kVarHandle && op.output(0) == handle;
  }
  if (!made || !value.present)
    return c.fail(Status::unsupported, "the variable's handle does not come from a VAR_HANDLE beside it",
                  handle, -1);
  const Tensor first = value_of_variable(c, handle);
  if (first.n_bytes != value.n_bytes)
    return c.fail(Status::bad_shape, "a resource variable is used with different sizes", value.n_bytes,
                  first.n_bytes);
  return Status::ok;
}

}  // namespace inkling
