// PCAN, see pcan.h. Leaves out how the gain table is made: sound_tables.h.
#include "inkling/signal/pcan.h"

#include "inkling/signal/bits.h"

namespace inkling {

int32_t pcan_gain(Span<const int16_t> gain_table, uint32_t noise) {
  if (noise <= 2) return gain_table[static_cast<int32_t>(noise)];
  const int32_t bits = bit_width(noise);
  const int16_t* parabola = &gain_table[4 * bits - 6];
  // The ten bits below the highest one: where in [2^(bits-1), 2^bits) the noise lies.
  const int32_t position =
      static_cast<int32_t>((bits < 11 ? noise << (11 - bits) : noise >> (bits - 11)) & 0x3FF);
  const int32_t slope = ((parabola[2] * position) >> 5) + parabola[1] * 32;
  // Below 2^31 with tables made here; modulo 2^32 with the wildest table of a file.
  const uint32_t rise = static_cast<uint32_t>(slope) * static_cast<uint32_t>(position) + (1u << 14);
  return static_cast<int16_t>(parabola[0] + (static_cast<int32_t>(rise) >> 15));
}

void apply_pcan(Span<const int16_t> gain_table, int32_t shift, Span<const uint32_t> noise,
                Span<uint32_t> signal) {
  for (int32_t i = 0; i < signal.size; ++i) {
    const uint32_t gain = static_cast<uint32_t>(pcan_gain(gain_table, noise[i]));
    const uint32_t ratio = static_cast<uint32_t>((static_cast<uint64_t>(signal[i]) * gain) >> shift);
    constexpr uint32_t kTwo = 2u << kPcanRatioBits;
    signal[i] = ratio < kTwo ? (ratio * ratio) >> (2 + 2 * kPcanRatioBits - kPcanOutputBits)
                             : (ratio >> (kPcanRatioBits - kPcanOutputBits)) - (1u << kPcanOutputBits);
  }
}

}  // namespace inkling
