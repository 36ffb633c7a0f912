// Prepares boxes that data places inside a tensor: SLICE with positions from the graph, DYNAMIC_UPDATE_SLICE.
#pragma once
#include "inkling/kernels/origin.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling {

/// Fills the Params for a box of `box`'s shape inside `whole`, which has elements, of equal rank, at most
/// Origin::kMaxRank. `out_of_whole`: copied out of it, else into it.
Status prepare_placed_copy(Prepare& context, const Tensor& whole, const Tensor& box, const Tensor& positions,
                           int32_t element_bytes, bool out_of_whole, PlacedCopyParams* params);

}  // namespace inkling
