// Checks of index lists.
#include "inkling/prepare/indices.h"

namespace inkling {

Status require_index_type(Prepare& c, const Tensor& tensor) {
  if (tensor.type != Type::int32 && tensor.type != Type::int64)
    return c.fail(Status::bad_type, "indices, sizes and axes must be int32 or int64",
                  static_cast<int32_t>(tensor.type), static_cast<int32_t>(Type::int32));
  return Status::ok;
}

Status constant_indices(Prepare& c, const Tensor& tensor, Indices* indices) {
  TRY(require_index_type(c, tensor));
  if (tensor.n_elements > 0 && !tensor.is_constant)
    return c.fail(Status::unsupported, "a list of axes or sizes must be constant", 0, 1);
  *indices = {tensor.data, tensor.n_elements, tensor.type == Type::int64};
  return Status::ok;
}

Status constant_indices(Prepare& c, const Tensor& tensor, int32_t n, Indices* indices) {
  TRY(constant_indices(c, tensor, indices));
  if (indices->size != n)
    return c.fail(Status::bad_shape, "a list of axes or sizes has a wrong length", indices->size, n);
  return Status::ok;
}

Status resolve_axis(Prepare& c, int32_t axis, int32_t rank, int32_t* resolved) {
  if (axis < -rank || axis >= rank)
    return c.fail(Status::bad_value, "an axis is outside the tensor's dimensions", axis, rank);
  *resolved = axis < 0 ? axis + rank : axis;
  return Status::ok;
}

Status constant_axis(Prepare& c, const Tensor& tensor, int32_t rank, int32_t* resolved) {
  Indices axis;
  TRY(constant_indices(c, tensor, 1, &axis));
  return resolve_axis(c, axis[0], rank, resolved);
}

int32_t count_between(const Shape& shape, int32_t first, int32_t end) {
  int32_t n = 1;
  for (int32_t i = first; i < end; ++i) n *= shape[i];
  return n;
}

}  // namespace inkling
