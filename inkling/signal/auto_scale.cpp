// Auto scale, see auto_scale.h.
#include "inkling/signal/auto_scale.h"

#include "inkling/signal/bits.h"

namespace inkling {

int32_t headroom_bits(Span<const int16_t> samples) {
  int32_t largest = 0;
  for (const int16_t sample : samples) {
    const int32_t magnitude = sample < 0 ? -sample : sample;
    if (magnitude > largest) largest = static_cast<int16_t>(magnitude);
  }
  const int32_t bits = 15 - bit_width(static_cast<uint32_t>(largest));
  return bits < 0 ? 0 : bits;
}

void scale_up(Span<const int16_t> input, int32_t shift, Span<int16_t> output) {
  for (int32_t i = 0; i < input.size; ++i) output[i] = static_cast<int16_t>(input[i] * (1 << shift));
}

}  // namespace inkling
