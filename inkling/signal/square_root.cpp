// Square root, see square_root.h. Three divisions instead of one step per bit: 32-bit hardware divisions on
// Cortex-M3 and above.
#include "inkling/signal/square_root.h"

namespace inkling {
namespace {

/// floor(sqrt(value)) for value >= 2^30. A straight line that is off by 5 % at most, then two Newton steps:
/// 0.13 %, then below 1e-6, that is the floor or one more (a Newton step never lands below the floor).
uint32_t root_of_normalized(uint32_t value) {
  uint32_t root = (value >> 20) * 11 + 21627;  // 2^15 * (11/32 * value/2^30 + 0.66)
  root = (root + value / root) >> 1;
  root = (root + value / root) >> 1;
  if (root > 65535) root = 65535;
  return root * root > value ? root - 1 : root;
}

}  // namespace

uint32_t rounded_square_root(uint64_t value) {
  if (value == 0) return 0;
  const int32_t shift = __builtin_clzll(value) & ~1;
  const uint64_t normalized = value << shift;
  // The upper half gives the upper 16 bits of the root; what it leaves, divided by twice that, the lower
  // ones.
  const uint32_t upper = static_cast<uint32_t>(normalized >> 32);
  const uint32_t head = root_of_normalized(upper);
  // rest <= 2 * head < 2^17, so rest * 2^15 fits in 32 bits; the quotient is exact or one too large.
  const uint32_t rest = upper - head * head;
  const uint32_t tail = ((rest << 15) | (static_cast<uint32_t>(normalized) >> 17)) / head;
  const uint64_t guess = (static_cast<uint64_t>(head) << 16) + tail;
  uint32_t root = static_cast<uint32_t>(guess > UINT32_MAX ? UINT32_MAX : guess);
  if (static_cast<uint64_t>(root) * root > normalized) --root;
  root >>= shift / 2;
  const uint64_t remainder = value - static_cast<uint64_t>(root) * root;
  const uint32_t largest = value >> 32 == 0 ? UINT16_MAX : UINT32_MAX;
  return remainder > root && root != largest ? root + 1 : root;
}

void apply_square_root(Span<const uint64_t> input, int32_t shift, Span<uint32_t> output) {
  for (int32_t i = 0; i < input.size; ++i) output[i] = rounded_square_root(input[i]) >> shift;
}

}  // namespace inkling
