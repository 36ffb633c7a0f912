// How the operators on resource variables find each other within a subgraph.
#pragma once
#include "inkling/prepare/context.h"

namespace inkling {

/// The tensor that is assigned to the variable behind `handle`, or read from it, in this subgraph: it tells
/// the variable's size. Absent when nobody does.
Tensor value_of_variable(const Prepare& context, int32_t handle);

/// Makes the operator's output stand for the resource variable of this name, which the first one to name it
/// creates with the size of `value`; every byte starts with `initial`.
Status bind_variable(Prepare& context, const char* name, const Tensor& value, uint8_t initial);

/// Fails unless a VAR_HANDLE of this subgraph makes `handle` and all who use it agree with `value` on the
/// size.
Status expect_handle(Prepare& context, int32_t handle, const Tensor& value);

}  // namespace inkling
