// Operand counts and failures.
#include "inkling/prepare/context.h"

namespace inkling {

Tensor Prepare::input(int32_t i) const {
  const Tensor tensor = graph_.tensor(op_.input(i));
  if (i < kRemembered && tensor.is_constant) constants_[i] = tensor.data;
  return tensor;
}

Tensor Prepare::output(int32_t i) const {
  return graph_.tensor(op_.output(i));
}

void Prepare::share(int32_t i, Lead lead) {
  const int32_t shared = op_.input(i);
  for (int32_t k = 0; k < op_.inputs.size; ++k)
    if (k != i && op_.input(k) == shared) return;
  leads_[i] = lead;
}

Status Prepare::fail(Status status, Reason why, int32_t got, int32_t want) {
  if (failure_->status == Status::ok) {
    failure_->status = status;
    failure_->why = why;
    failure_->got = got;
    failure_->want = want;
  }
  return failure_->status;
}

Status Prepare::no_kernel(Type type) {
  return fail(Status::unsupported, "no kernel for this type of input in this program",
              static_cast<int32_t>(type), -1);
}

Status Prepare::expect(int32_t min_inputs, int32_t max_inputs, int32_t n_outputs) {
  if (op_.inputs.size < min_inputs)
    return fail(Status::bad_model, "too few inputs", op_.inputs.size, min_inputs);
  if (op_.inputs.size > max_inputs)
    return fail(Status::bad_model, "too many inputs", op_.inputs.size, max_inputs);
  if (op_.outputs.size != n_outputs)
    return fail(Status::bad_model, "a wrong number of outputs", op_.outputs.size, n_outputs);
  for (int32_t i = 0; i < min_inputs; ++i)
    if (op_.input(i) == kNoTensor)
      return fail(Status::bad_model, "a required input is left out", i, min_inputs);
  return Status::ok;
}

}  // namespace inkling
