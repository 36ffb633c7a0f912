// Aligns shapes at their last dimension and merges neighbours that both inputs walk in the same way.
#include "inkling/prepare/broadcast.h"

namespace inkling {
namespace {

// Dimension `i` of `rank`, counted from the front of the longer shape; 1 where the shape is shorter.
int32_t dim_of(const Shape& shape, int32_t i, int32_t rank) {
  const int32_t at = i - (rank - shape.size);
  return at < 0 ? 1 : shape[at];
}

}  // namespace

Status prepare_broadcast(Prepare& c, const Tensor& a, const Tensor& b, const Tensor& output, Broadcast* out) {
  const int32_t rank = a.shape.size > b.shape.size ? a.shape.size : b.shape.size;
  *out = {};
  int32_t n = 0;
  bool a_walks = false, b_walks = false;
  for (int32_t i = 0; i < rank; ++i) {
    const int32_t da = dim_of(a.shape, i, rank), db = dim_of(b.shape, i, rank);
    if (da != db && da != 1 && db != 1)
      return c.fail(Status::bad_shape, "the inputs' shapes do not broadcast", da, db);
    const int32_t dim = da == 1 ? db : da;
    if (dim == 1) continue;
    const bool first = n == 0;
    if (first || (da != 1) != a_walks || (db != 1) != b_walks) {
      if (n == Broadcast::kMaxDims)
        return c.fail(Status::unsupported, "the inputs broadcast in too many ways", rank,
                      Broadcast::kMaxDims);
      a_walks = da != 1;
      b_walks = db != 1;
      out->dims[n] = dim;
      out->a_strides[n] = a_walks;  // marks; the strides follow below
      out->b_strides[n] = b_walks;
      ++n;
    } else {
      out->dims[n - 1] *= dim;
    }
  }
  if (n == 0) {
    out->dims[0] = 1;
    n = 1;
  }
  int32_t a_stride = 1, b_stride = 1;
  int64_t total = 1;
  for (int32_t i = n - 1; i >= 0; --i) {
    if (out->a_strides[i]) out->a_strides[i] = a_stride, a_stride *= out->dims[i];
    if (out->b_strides[i]) out->b_strides[i] = b_stride, b_stride *= out->dims[i];
    total *= out->dims[i];
  }
  out->n_dims = n;
  if (total == 0) *out = {1, {}, {}, {}};  // nothing to walk
  if (total != output.n_elements)
    return c.fail(Status::bad_shape, "the output's size is not that of the broadcast inputs",
                  output.n_elements, static_cast<int32_t>(total));
  return Status::ok;
}

}  // namespace inkling
