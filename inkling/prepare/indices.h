// Axes, sizes and positions that operators take from constant tensors.
#pragma once
#include "inkling/kernels/indices.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// The numbers of an int32 or int64 tensor whose values the model holds.
struct Indices {
  const void* data = nullptr;
  int32_t size = 0;
  bool is_int64 = false;

  int32_t operator[](int32_t i) const { return index_at(data, is_int64, i); }
};

/// Fails unless `tensor` is int32 or int64.
Status require_index_type(Prepare& context, const Tensor& tensor);

/// Reads a constant list; fails when its values are not known before the model runs.
Status constant_indices(Prepare& context, const Tensor& tensor, Indices* indices);

/// The same for a list of exactly `n` numbers.
Status constant_indices(Prepare& context, const Tensor& tensor, int32_t n, Indices* indices);

/// Makes an axis that may count from the end count from the front; fails outside -rank .. rank - 1.
Status resolve_axis(Prepare& context, int32_t axis, int32_t rank, int32_t* resolved);

/// The axis in a constant tensor of one element.
Status constant_axis(Prepare& context, const Tensor& tensor, int32_t rank, int32_t* resolved);

/// The product of dimensions first .. end - 1 of a tensor that has elements.
int32_t count_between(const Shape& shape, int32_t first, int32_t end);

}  // namespace inkling
