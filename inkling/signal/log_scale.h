// Log scale: loudness as ears measure it, and the 8 bits of a model's input.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// output[i] = output_scale * ln(input[i] * 2^correction_bits), rounded, in fixed point: log2 by linear
/// interpolation in 128 segments (16 fractional bits), then times ln 2. 0 for arguments 0 and 1; at most
/// 32767. correction_bits is 0..31 and what it shifts out of 32 bits is lost. Both have input.size elements.
void apply_log(Span<const uint32_t> input, int32_t output_scale, int32_t correction_bits,
               Span<uint16_t> output);

/// Log features to the int8 input of micro_speech and its relatives: trained on features * 10 / 256 in 0..26,
/// so q = features * 256 / (25.6 * 26), rounded, - 128, clamped to -128..127. Both have features.size
/// elements.
void features_to_int8(Span<const uint16_t> features, Span<int8_t> output);

}  // namespace inkling
