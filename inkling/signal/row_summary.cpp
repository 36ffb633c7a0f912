// Means and mean changes, see row_summary.h.
#include "inkling/signal/row_summary.h"

namespace inkling {

void summarize_rows(Span<const int8_t> rows, int32_t n_channels, Span<int16_t> features) {
  constexpr int32_t kScale = 16;
  const int32_t n_rows = rows.size / n_channels;
  for (int32_t channel = 0; channel < n_channels; ++channel) {
    int32_t sum = 0, changes = 0, last = rows[channel];
    for (int32_t row = 0; row < n_rows; ++row) {
      const int32_t value = rows[row * n_channels + channel];
      sum += value + 128;
      changes += value < last ? last - value : value - last;
      last = value;
    }
    features[channel] = static_cast<int16_t>(kScale * sum / n_rows - kScale * 128);
    features[n_channels + channel] = static_cast<int16_t>(kScale * changes / (n_rows - 1));
  }
}

}  // namespace inkling
