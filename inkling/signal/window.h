// The window: fades a frame in and out, so that its cut edges do not smear over the spectrum.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// Fractional bits of the window weights of the sound front end.
constexpr int32_t kWindowBits = 12;

/// output[i] = input[i] * weights[i] / 2^shift, rounded towards minus infinity and clamped to 16 bits.
/// All three have weights.size elements; `output` may be `input`. shift is 0..31.
void apply_window(Span<const int16_t> input, Span<const int16_t> weights, int32_t shift,
                  Span<int16_t> output);

}  // namespace inkling
