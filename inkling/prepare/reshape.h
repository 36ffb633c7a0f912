// What RESHAPE, SQUEEZE and EXPAND_DIMS prepare alike: the bytes stay, the shapes are in the model.
#pragma once
#include "inkling/prepare/context.h"

namespace inkling {

/// Chooses to copy input 0 to output 0 as it is. Fails when type or size differ.
Status prepare_reshape(Prepare& context);

}  // namespace inkling
