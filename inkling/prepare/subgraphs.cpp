// Checks that a subgraph's operands are those of the operator that runs it.
#include "inkling/prepare/subgraphs.h"

namespace inkling {

Status expect_subgraph(Prepare& c, int32_t index, int32_t first_input, bool with_outputs) {
  const Subgraph graph = c.subgraph(index);
  const int32_t n_inputs = c.n_inputs() - first_input;
  if (graph.inputs().size != n_inputs)
    return c.fail(Status::bad_model, "a subgraph has a wrong number of inputs", graph.inputs().size,
                  n_inputs);
  if (with_outputs && graph.outputs().size != c.n_outputs())
    return c.fail(Status::bad_model, "a subgraph has a wrong number of outputs", graph.outputs().size,
                  c.n_outputs());
  for (int32_t i = 0; i < n_inputs; ++i) {
    const Tensor inner = graph.tensor(graph.inputs().get<int32_t>(i)), outer = c.input(first_input + i);
    if (inner.n_bytes != outer.n_bytes || inner.is_constant || !outer.present)
      return c.fail(Status::bad_shape, "a subgraph's input differs in size", inner.n_bytes, outer.n_bytes);
  }
  for (int32_t i = 0; with_outputs && i < c.n_outputs(); ++i) {
    const Tensor inner = graph.tensor(graph.outputs().get<int32_t>(i)), outer = c.output(i);
    if (inner.n_bytes != outer.n_bytes)
      return c.fail(Status::bad_shape, "a subgraph's output differs in size", inner.n_bytes, outer.n_bytes);
  }
  return Status::ok;
}

Status expect_condition(Prepare& c, const Tensor& tensor) {
  if (tensor.type != Type::boolean)
    return c.fail(Status::bad_type, "the condition must be bool", static_cast<int32_t>(tensor.type), 6);
  if (tensor.n_elements != 1)
    return c.fail(Status::bad_shape, "the condition must be a single value", tensor.n_elements, 1);
  return Status::ok;
}

}  // namespace inkling
