// Standardized features, see standardize.h.
#include "inkling/signal/standardize.h"

namespace inkling {

void standardize(Span<const int16_t> features, const Standard& standard, Span<int8_t> output) {
  for (int32_t i = 0; i < features.size; ++i) {
    // Below 2^17 * 2^16: 64 bits.
    const int64_t product = int64_t{features[i] - standard.means[i]} * standard.gains[i];
    const int64_t value = (product + (1 << (kGainBits - 1))) >> kGainBits;
    output[i] = static_cast<int8_t>(value < -128 ? -128 : value > 127 ? 127 : value);
  }
}

}  // namespace inkling
