// What SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND prepare alike, and the same for the depth.
#pragma once
#include "inkling/kernels/blocks.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// Reads blocks (input 1) and pads or crops (input 2) and checks that `space` and `grid` fit them.
Status prepare_blocks(Prepare& context, const Tensor& space, const Tensor& grid, BlocksParams* params);

/// Prepares DEPTH_TO_SPACE, or SPACE_TO_DEPTH where `to_space` is false: [n, h, w, block, block, c] and
/// [n, h, block, w, block, c] are the same pixels. The option with the block's size has the id 0.
Status prepare_depth(Prepare& context, bool to_space);

}  // namespace inkling
