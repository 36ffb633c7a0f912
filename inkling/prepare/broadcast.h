// Derives a Broadcast from the shapes of an operator's inputs and output.
#pragma once
#include "inkling/kernels/broadcast.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// Fails when the shapes of the first `n_inputs` inputs do not broadcast to the first output's, or walk in
/// more ways than Broadcast holds.
Status prepare_broadcast(Prepare& context, int32_t n_inputs, Broadcast* broadcast);

}  // namespace inkling
