// Energy, see energy.h.
#include "inkling/signal/energy.h"

#include "inkling/core/memory.h"

namespace inkling {

void spectrum_energy(Span<const ComplexInt16> spectrum, int32_t first, int32_t end, Span<uint32_t> energy) {
  for (int32_t i = first; i < end; ++i) {
    // A byte-wise read, because the previous energies may have been written to the same memory as another
    // type.
    const auto bin = load<ComplexInt16>(&spectrum[i]);
    energy[i] = static_cast<uint32_t>(bin.re * bin.re) + static_cast<uint32_t>(bin.im * bin.im);
  }
}

}  // namespace inkling
