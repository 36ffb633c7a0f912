// Aligns shapes at their last dimension and merges neighbours that all inputs walk in the same way.
#include "inkling/prepare/broadcast.h"

namespace inkling {
namespace {

// Dimension `i` of `rank`, counted from the front of the longest shape; 1 where the shape is shorter.
int32_t dim_of(const Shape& shape, int32_t i, int32_t rank) {
  const int32_t at = i - (rank - shape.size);
  return at < 0 ? 1 : shape[at];
}

}  // namespace

Status prepare_broadcast(Prepare& c, int32_t n_inputs, Broadcast* out) {
  Shape shapes[Broadcast::kMaxInputs];
  int32_t rank = 0;
  for (int32_t k = 0; k < n_inputs; ++k) {
    shapes[k] = c.input(k).shape;
    if (shapes[k].size > rank) rank = shapes[k].size;
  }
  *out = {};
  int32_t n = 0;
  uint32_t last_walkers = 0;  // bit k: input k walks in the dimension that was added last
  int64_t total = 1;
  for (int32_t i = 0; i < rank; ++i) {
    int32_t dim = 1;
    uint32_t walkers = 0;
    for (int32_t k = 0; k < n_inputs; ++k) {
      const int32_t own = dim_of(shapes[k], i, rank);
      if (own == 1) continue;
      if (walkers != 0 && own != dim)
        return c.fail(Status::bad_shape, "the inputs' shapes do not broadcast", own, dim);
      dim = own;
      walkers |= 1u << k;
    }
    if (dim == 1) continue;
    total *= dim;
    if (total == 0 || total > INT32_MAX) break;  // nothing to walk, or more than any output has
    if (walkers == last_walkers) {
      out->dims[n - 1] *= dim;
      continue;
    }
    if (n == Broadcast::kMaxDims)
      return c.fail(Status::bad_shape, "the inputs broadcast in too many ways", rank, Broadcast::kMaxDims);
    for (int32_t k = 0; k < n_inputs; ++k)
      if (walkers >> k & 1) out->walks[k] = static_cast<uint8_t>(out->walks[k] | 1u << n);
    out->dims[n++] = dim;
    last_walkers = walkers;
  }
  if (n == 0) out->dims[n++] = 1;
  out->n_dims = static_cast<uint8_t>(n);
  if (total == 0) *out = {{}, 1, {}};  // nothing to walk
  if (total != c.output(0).n_elements)
    return c.fail(Status::bad_shape, "the output's size is not that of the broadcast inputs",
                  c.output(0).n_elements, total > INT32_MAX ? INT32_MAX : static_cast<int32_t>(total));
  return Status::ok;
}

}  // namespace inkling
