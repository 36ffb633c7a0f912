// What PAD, PADV2 and MIRROR_PAD prepare alike.
#pragma once
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling {

/// Reads the constant paddings of input 1, two numbers for each dimension of input 0, and checks that they
/// make the output's shape.
Status read_paddings(Prepare& context, const Tensor& input, const Tensor& output, Indices* paddings);

/// Prepares PAD, and PADV2 whose input 2 is the value.
Status prepare_pad(Prepare& context);

}  // namespace inkling
