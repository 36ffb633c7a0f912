// Derives a Broadcast from the shapes of two inputs and an output.
#pragma once
#include "inkling/kernels/broadcast.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// Fails when the shapes do not broadcast to the output's, or walk in more ways than Broadcast holds.
Status prepare_broadcast(Prepare& context, const Tensor& a, const Tensor& b, const Tensor& output,
                         Broadcast* broadcast);

}  // namespace inkling
