// How an operator's Params lie in memory where pointers have another size, from the members that `visit`
// lists.
#pragma once
#include <cstdint>

#include "inkling/prepare/params.h"

namespace inkling::host {

/// The bytes that the Params at `params` take where pointers have `pointer_bytes`, by C's rules of layout
/// with every scalar aligned to its size. `n_bytes` is what they take here: together with the members'
/// addresses it gives away a list that misses a member or has them out of order, which throws an Error
/// (unless what it misses fits into padding).
int32_t params_bytes(const void* params, int32_t n_bytes, Describe describe, int32_t pointer_bytes);

}  // namespace inkling::host
