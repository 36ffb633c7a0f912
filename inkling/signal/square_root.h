// Square root: from energy back to amplitude.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// The square root rounded to the nearest integer, with one quirk kept from the reference: below 2^32 the
/// result is at most 65535.
uint32_t rounded_square_root(uint64_t value);

/// output[i] = rounded_square_root(input[i]) / 2^shift, rounded down. The shift takes back auto_scale's;
/// 0..31.
void apply_square_root(Span<const uint64_t> input, int32_t shift, Span<uint32_t> output);

}  // namespace inkling
