// The signal operators' checks.
#include "inkling/prepare/signal.h"

namespace inkling {

Status require_option(Prepare& c, const char* key, int32_t low, int32_t high, int32_t* value) {
  *value = custom_options(c).integer(key, 0);
  if (*value < low) return c.fail(Status::bad_value, "a custom option is too small", *value, low);
  if (*value > high) return c.fail(Status::bad_value, "a custom option is too large", *value, high);
  return Status::ok;
}

Status require_tensor(Prepare& c, const Tensor& tensor, Type type, int32_t n_elements) {
  if (tensor.type != type)
    return c.fail(Status::bad_type, "a tensor of the signal has another type",
                  static_cast<int32_t>(tensor.type), static_cast<int32_t>(type));
  if (tensor.n_elements != n_elements)
    return c.fail(Status::bad_shape, "a tensor of the signal has another size", tensor.n_elements,
                  n_elements);
  return Status::ok;
}

Status rows_of(Prepare& c, const Tensor& tensor, Rows* rows) {
  if (tensor.shape.size < 1 || tensor.n_elements < 1)
    return c.fail(Status::bad_shape, "the input is empty or has no dimension", tensor.n_elements, 1);
  rows->length = tensor.shape[tensor.shape.size - 1];
  rows->n = tensor.n_elements / rows->length;
  return Status::ok;
}

Status take_state(Prepare& c, int64_t n_bytes) {
  if (n_bytes > kMaxArenaBytes)
    return c.fail(Status::no_room, "the state is larger than any arena", INT32_MAX, kMaxArenaBytes);
  c.take_state(static_cast<int32_t>(n_bytes));
  return Status::ok;
}

}  // namespace inkling
