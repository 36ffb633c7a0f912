// Filter bank: gathers the frequency bins into a few overlapping triangular channels.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// Fractional bits of the weights.
constexpr int32_t kFilterBits = 12;

/// The triangles, cut into the n_channels + 1 stretches between their corners. Each bin of stretch i lies on
/// the rising edge of channel i and on the falling edge of channel i - 1; `weights` and `unweights` are its
/// shares. Stretch i covers the bins frequency_starts[i] .. + widths[i], its shares begin at
/// weight_starts[i]. The numbers are trusted: whoever takes them from a file checks them first.
struct FilterBank {
  Span<const int16_t> frequency_starts;
  Span<const int16_t> weight_starts;
  Span<const int16_t> widths;
  Span<const int16_t> weights;
  Span<const int16_t> unweights;
};

/// sums[i] = sum of weight * energy over stretch i + sum of unweight * energy over stretch i - 1.
/// `sums` has n_channels + 1 elements: sums[0] is the falling edge below the first channel, of use to nobody;
/// channel c is sums[c + 1]. A sum is below 2^(32 + 12) * bins, exact in 64 bits.
void apply_filter_bank(const FilterBank& bank, Span<const uint32_t> energy, Span<uint64_t> sums);

}  // namespace inkling
