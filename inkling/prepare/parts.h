// What CONCATENATION, PACK, SPLIT, SPLIT_V and UNPACK prepare alike.
#pragma once
#include "inkling/kernels/parts.h"
#include "inkling/prepare/context.h"

namespace inkling {

/// Chooses to join all inputs along `axis` of the output, which may count from the end.
/// `stacked`: each input is one index of an axis that only the output has.
Status prepare_join(Prepare& context, int32_t axis, bool stacked);

/// Chooses to split input `whole` along its `axis` into the outputs.
Status prepare_split(Prepare& context, int32_t whole, int32_t axis, bool stacked);

/// Derives how the inputs are joined along `axis`, with a size for each of at most `max_sizes` inputs.
Status read_joined_parts(Prepare& context, int32_t axis, int32_t max_sizes, Parts* parts, int32_t* sizes);

}  // namespace inkling
