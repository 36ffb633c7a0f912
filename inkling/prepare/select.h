// What SELECT and SELECT_V2 prepare alike.
#pragma once
#include "inkling/kernels/binary.h"
#include "inkling/prepare/broadcast.h"

namespace inkling {

/// A condition, two values and an output of one type.
Status expect_select(Prepare& context);

/// SELECT_V2: the three inputs broadcast.
Status prepare_select(Prepare& context);

/// Chooses what runs by the bytes of an element, after a Broadcast has been prepared.
Status run_select(Prepare& context);

template <int32_t n_bytes>
void eval_select(const void* params, const Io& io) {
  static constexpr uint8_t sizes[] = {1, n_bytes, n_bytes, n_bytes};
  for_each_row(params, io.slots, sizes, 3, select_row<n_bytes>);
}

}  // namespace inkling
