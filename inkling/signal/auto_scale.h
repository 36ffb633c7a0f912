// Auto scale: lifts a quiet frame to the top of its 16 bits before the fixed-point FFT rounds it.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// The largest shift 0..15 that keeps every sample inside 16 bits: 15 - bit_width(max |samples|), 15 for
/// silence. Quirk kept from the reference: -32768 counts as the smallest possible value instead of the
/// largest, so the samples after it decide alone (0 if it comes last).
int32_t headroom_bits(Span<const int16_t> samples);

/// output[i] = input[i] * 2^shift, modulo 2^16. Both have input.size elements; `output` may be `input`.
void scale_up(Span<const int16_t> input, int32_t shift, Span<int16_t> output);

}  // namespace inkling
