// Random numbers that are the same on every machine, which those of <random> are not. Leaves out secrets.
#pragma once
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace inkling::host {

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t bits() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// A generator of its own for item number `i`, so that items can be made in any order.
  Random child(uint64_t i) const { return Random(Random(state_ + i * 0xd1342543de82ef95u).bits()); }

  /// At least `low`, less than `high`.
  double uniform(double low = 0, double high = 1) {
    return low + (high - low) * (static_cast<double>(bits() >> 11) * 0x1p-53);
  }
  /// 0 .. n - 1.
  int32_t below(int32_t n) { return static_cast<int32_t>(uniform(0, n)); }
  bool chance(double p) { return uniform() < p; }
  /// Mean 0, deviation 1: Box and Muller's method.
  double normal() {
    return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(uniform(0, 6.283185307179586));
  }
  template <class T>
  const T& pick(const std::vector<T>& items) {
    return items[static_cast<size_t>(below(static_cast<int32_t>(items.size())))];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[static_cast<size_t>(below(static_cast<int32_t>(i)))]);
  }

 private:
  uint64_t state_;
};

}  // namespace inkling::host
