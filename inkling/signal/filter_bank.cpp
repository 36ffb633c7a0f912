// Filter bank, see filter_bank.h. Leaves out how the triangles are made: sound_tables.h.
#include "inkling/signal/filter_bank.h"

namespace inkling {

void apply_filter_bank(const FilterBank& bank, Span<const uint32_t> energy, Span<uint64_t> sums) {
  uint64_t falling = 0;
  for (int32_t i = 0; i < bank.widths.size; ++i) {
    const uint32_t* bin = &energy[bank.frequency_starts[i]];
    const int16_t* weight = &bank.weights[bank.weight_starts[i]];
    const int16_t* unweight = &bank.unweights[bank.weight_starts[i]];
    uint64_t rising = falling;
    falling = 0;
    for (int32_t n = bank.widths[i]; n > 0; --n, ++bin) {
      // Weights are never negative, so a 32 x 32 -> 64 bit multiply-add without sign is enough.
      rising += static_cast<uint64_t>(*bin) * static_cast<uint32_t>(*weight++);
      falling += static_cast<uint64_t>(*bin) * static_cast<uint32_t>(*unweight++);
    }
    sums[i] = rising;
  }
}

}  // namespace inkling
