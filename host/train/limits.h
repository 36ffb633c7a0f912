// What a network costs before it has learned anything, and what it may cost. Leaves out its accuracy.
#pragma once
#include <cstdint>
#include <limits>
#include <string>

#include "host/train/network.h"

namespace inkling::host {

/// Measured on the int8 model itself: its file and the arena that the engine asks for.
struct NetworkCost {
  int64_t flash_bytes = 0, ram_bytes = 0, macs = 0;
};

struct Limits {
  static constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();
  int64_t flash_bytes = kUnlimited, ram_bytes = kUnlimited, macs = kUnlimited;

  /// From "flash=20k,ram=8k,macs=500k"; k is 1024 for bytes and 1000 for macs, M likewise. Throws an Error.
  static Limits parse(const std::string& text);
  bool holds(const NetworkCost& cost) const;
  /// The largest ratio of what it costs to what it may: at most 1 if it fits.
  double strain(const NetworkCost& cost) const;
};

NetworkCost cost_of(const NetworkPlan& plan, int32_t n_labels);

/// Text for people: "12345 bytes of flash, 2048 of RAM, 300000 multiply-accumulates".
std::string text_of(const NetworkCost& cost);

/// The plan with all layers wider or narrower by the factor, in multiples of 4, and without the last `n_less`
/// pairs of depthwise and pointwise layers that keep the size.
NetworkPlan scaled(const NetworkPlan& plan, double width, int32_t n_less);

}  // namespace inkling::host
