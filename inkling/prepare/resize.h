// What the two resizes prepare alike.
#pragma once
#include "inkling/kernels/resize.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// Checks shapes and sizes and fills the Params; asks for scratch of `column_bytes` per output column.
Status prepare_resize(Prepare& context, bool align_corners, bool half_pixel_centers, int32_t column_bytes);

}  // namespace inkling
