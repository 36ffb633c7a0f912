// The window, see window.h. Leaves out how the weights are made: sound_tables.h.
#include "inkling/signal/window.h"

namespace inkling {

void apply_window(Span<const int16_t> input, Span<const int16_t> weights, int32_t shift,
                  Span<int16_t> output) {
  for (int32_t i = 0; i < weights.size; ++i) {
    const int32_t product = (input[i] * weights[i]) >> shift;
    const int32_t bounded = product < INT16_MIN ? INT16_MIN : product > INT16_MAX ? INT16_MAX : product;
    output[i] = static_cast<int16_t>(bounded);
  }
}

}  // namespace inkling
