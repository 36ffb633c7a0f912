// Lead: how far an output must lie in front of an input to overlap it, in two bytes.
#pragma once
#include "inkling/core/persistent.h"

namespace inkling {

/// How an output may overlap an input that nobody else needs: with `n_bytes()` from the output's start to the
/// input's - or more, unless that is exact - a step writes only over what it has read.
class Lead {
 public:
  /// They must not overlap.
  constexpr Lead() = default;
  constexpr explicit Lead(int32_t n_bytes, bool exact = false) {
    const uint32_t units = (static_cast<uint32_t>(n_bytes) + kArenaAlignment - 1) / kArenaAlignment;
    if (units < kExact) bits_ = static_cast<uint16_t>(units | (exact ? kExact : 0));
  }
  bool shares() const { return bits_ != kNone; }
  bool exact() const { return bits_ & kExact; }
  int32_t n_bytes() const { return (bits_ & ~kExact) * kArenaAlignment; }

 private:
  static constexpr uint16_t kNone = UINT16_MAX, kExact = 1 << 15;
  uint16_t bits_ = kNone;
};

}  // namespace inkling
