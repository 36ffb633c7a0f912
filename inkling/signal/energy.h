// Energy: how strong each frequency is, without its phase.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"
#include "inkling/signal/fft.h"

namespace inkling {

/// energy[i] = re^2 + im^2 of spectrum[i] for first <= i < end; the other elements are not touched. The sum
/// is below 2^31 except for (-32768, -32768), which gives 2^31. `energy` may be the memory of `spectrum`.
void spectrum_energy(Span<const ComplexInt16> spectrum, int32_t first, int32_t end, Span<uint32_t> energy);

}  // namespace inkling
