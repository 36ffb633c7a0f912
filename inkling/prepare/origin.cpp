// Limits and strides of placed boxes.
#include "inkling/prepare/origin.h"

#include "inkling/prepare/indices.h"

namespace inkling {

Status prepare_placed_copy(Prepare& c, const Tensor& whole, const Tensor& box, const Tensor& positions,
                           int32_t element_bytes, bool out_of_whole, PlacedCopyParams* params) {
  const int32_t rank = whole.shape.size;
  if (rank > Origin::kMaxRank)
    return c.fail(Status::unsupported, "too many dimensions", rank, Origin::kMaxRank);
  if (box.shape.size != rank)
    return c.fail(Status::bad_shape, "the slice's rank differs from the tensor's", box.shape.size, rank);
  TRY(require_index_type(c, positions));
  if (positions.n_elements != rank)
    return c.fail(Status::bad_shape, "the positions are not as many as the dimensions", positions.n_elements,
                  rank);
  for (int32_t i = 0; i < rank; ++i)
    if (box.shape[i] > whole.shape[i])
      return c.fail(Status::bad_shape, "the slice is larger than the tensor", box.shape[i], whole.shape[i]);
  CopyPlan plan(element_bytes);
  params->n_bytes = whole.n_bytes;
  params->origin.rank = rank;
  params->origin.is_int64 = positions.type == Type::int64;
  if (box.n_elements == 0) plan.add(0, 0, 0);
  if (whole.n_elements > 0) {
    const Strides outer(whole.shape, element_bytes);
    for (int32_t i = 0; i < rank; ++i) {
      params->origin.limits[i] = whole.shape[i] - box.shape[i];
      params->origin.strides[i] = outer.of[i];
    }
  }
  if (box.n_elements > 0) {
    const Strides outer(whole.shape, element_bytes), inner(box.shape, element_bytes);
    for (int32_t i = 0; i < rank; ++i)
      plan.add(box.shape[i], out_of_whole ? outer.of[i] : inner.of[i],
               out_of_whole ? inner.of[i] : outer.of[i]);
  }
  plan.n_axes();  // at most rank - 1: the last dimension is contiguous on both sides
  plan.store(&params->box.copy, params->box.axes);
  return Status::ok;
}

}  // namespace inkling
