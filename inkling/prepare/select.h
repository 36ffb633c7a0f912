// What SELECT and SELECT_V2 prepare alike.
#pragma once
#include "inkling/prepare/broadcast.h"

namespace inkling {

/// A condition, two values and an output of one type.
Status expect_select(Prepare& context);

/// SELECT_V2: the three inputs broadcast.
Status prepare_select(Prepare& context);

/// Chooses what runs by the bytes of an element, after a Broadcast has been prepared.
Status run_select(Prepare& context);

}  // namespace inkling
