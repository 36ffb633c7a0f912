// Log scale, see log_scale.h.
#include "inkling/signal/log_scale.h"

#include "inkling/signal/bits.h"
#include "inkling/signal/table_math.h"

namespace inkling {
namespace {

constexpr int32_t kFractionBits = 16;
constexpr int32_t kSegmentBits = 7;
constexpr uint32_t kLn2_q16 = 45426;
constexpr uint32_t kHalf_q16 = 1u << (kFractionBits - 1);

/// What log2(1 + x) has above the straight line x, at the ends of 128 segments of 0 <= x <= 1; 16 fractional
/// bits.
struct LogBulge {
  uint16_t at[(1 << kSegmentBits) + 1] = {};
  constexpr LogBulge() {
    for (int32_t i = 0; i <= 1 << kSegmentBits; ++i) {
      const double x = static_cast<double>(i) / (1 << kSegmentBits);
      const double bulge = table_math::log(1.0 + x) / table_math::kLn2 - x;
      at[i] = static_cast<uint16_t>(bulge * (1 << kFractionBits) + 0.5);
    }
  }
};
constexpr LogBulge kBulge;

/// log2(value) with 16 fractional bits, for value >= 1.
uint32_t log2_q16(uint32_t value) {
  const int32_t exponent = bit_width(value) - 1;
  // The bits below the highest one, moved to 16 of them.
  const uint32_t fraction = ((value << (31 - exponent)) & 0x7FFFFFFF) >> (31 - kFractionBits);
  const int32_t segment = static_cast<int32_t>(fraction >> (kFractionBits - kSegmentBits));
  const int32_t within = static_cast<int32_t>(fraction & ((1u << (kFractionBits - kSegmentBits)) - 1));
  const int32_t left = kBulge.at[segment];
  // The reference scales the step by the whole 2^16, not by the segment's 2^9, so the interpolation moves
  // only 1/128 of the way. It is off by up to 224/65536 and models were trained with it: kept.
  const int32_t step = ((kBulge.at[segment + 1] - left) * within) >> kFractionBits;
  return (static_cast<uint32_t>(exponent) << kFractionBits) + fraction + static_cast<uint32_t>(left + step);
}

}  // namespace

void apply_log(Span<const uint32_t> input, int32_t output_scale, int32_t correction_bits,
               Span<uint16_t> output) {
  for (int32_t i = 0; i < input.size; ++i) {
    const uint32_t value = input[i] << correction_bits;
    uint32_t scaled = 0;
    if (value > 1) {
      const uint64_t product = static_cast<uint64_t>(log2_q16(value)) * kLn2_q16;
      const uint32_t ln = static_cast<uint32_t>((product + kHalf_q16) >> kFractionBits);
      scaled = (ln * static_cast<uint32_t>(output_scale) + kHalf_q16) >> kFractionBits;
    }
    output[i] = static_cast<uint16_t>(scaled < INT16_MAX ? scaled : INT16_MAX);
  }
}

void features_to_int8(Span<const uint16_t> features, Span<int8_t> output) {
  constexpr uint32_t kDivisor = 666;  // 25.6 * 26, rounded
  for (int32_t i = 0; i < features.size; ++i) {
    const uint32_t level = (features[i] * 256u + kDivisor / 2) / kDivisor;
    output[i] = static_cast<int8_t>(static_cast<int32_t>(level < 255 ? level : 255) - 128);
  }
}

}  // namespace inkling
