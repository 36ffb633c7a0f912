// Outputs that are known when the model is loaded: SHAPE and RANK.
#pragma once
#include "inkling/prepare/context.h"

namespace inkling {

/// Chooses to write `values` to output 0, an int32 or int64 tensor. An output with fewer elements, which
/// models exist for, gets the first ones; one with more is refused.
Status prepare_constants(Prepare& context, const Shape& values);

}  // namespace inkling
