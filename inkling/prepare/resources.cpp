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

// Whether a VAR_HANDLE in front of this one has the same name and a size. When memory is short there are no
// variables that would tell, and each must be counted once.
bool counted_before(const Prepare& c, const char* name) {
  for (int32_t g = 0;; ++g) {
    const Subgraph graph = c.subgraph(g);
    for (int32_t i = 0; i < graph.n_operators(); ++i) {
      const Operator op = graph.op(i);
      if (op.code != kVarHandle) continue;
      if (op.outputs.data == c.op().outputs.data || op.outputs.size < 1) return false;  // arrived at this one
      if (same_text(op.options.string(kSharedName), name) && value_behind(graph, op.output(0)).n_bytes > 0)
        return true;
    }
    if (g + 1 >= c.n_subgraphs()) return false;
  }
}

}  // namespace

Status bind_variable(Prepare& c, const char* name, const Tensor& value, uint8_t initial) {
  Persistent& memory = c.persistent();
  Variable* variable = memory.variables;
  while (variable && !(variable->name && same_text(variable->name, name))) variable = variable->next;
  if (variable && value.n_bytes > variable->n_bytes)
    return c.fail(Status::bad_shape, "a resource variable is used with different sizes", value.n_bytes,
                  variable->n_bytes);
  if (!variable && value.n_bytes > 0 && !counted_before(c, name))
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
