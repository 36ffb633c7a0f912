// The steady side of a sound: what the rows of the sound front end have in common. For machines, whose state
// is in how they sound, not in when. Leaves out the front end.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// features[c] = 16 times the mean of channel c over the rows, features[n_channels + c] = 16 times its mean
/// change from row to row, both rounded down. `rows` holds 2 to 4096 rows of n_channels each, `features`
/// 2 * n_channels elements.
void summarize_rows(Span<const int8_t> rows, int32_t n_channels, Span<int16_t> features);

}  // namespace inkling
