// Sums and distances, see prototypes.h. A sum of 255 takes of int8 fits 16 bits (255 * 128 < 2^15), and 8192
// squares of int8, 255 times, fit 36: sums of squares are counted in 16ths. Distances are in 16ths, too.
#include "inkling/learn/prototypes.h"

#include "inkling/core/memory.h"

namespace inkling {
namespace {

constexpr int32_t kFractionBits = 4;

uint32_t squares_of(const int16_t* header) {
  return load<uint32_t>(header + 1);
}

uint64_t square_length(Span<const int8_t> features) {
  uint64_t sum = 0;
  for (const int8_t x : features) sum += static_cast<uint32_t>(x * x);
  return sum;
}

}  // namespace

Prototypes::Prototypes(int32_t n_features, Span<int16_t> memory)
    : n_features_(n_features),
      n_classes_(n_features < 1 || n_features > kMaxFeatures ? 0 : memory.size / (n_features + kHeader)),
      memory_(memory) {}

int32_t Prototypes::n_takes(int32_t label) const {
  return label < 0 || label >= n_classes_ ? 0 : row(label)[0];
}

bool Prototypes::learn(int32_t label, Span<const int8_t> features) {
  if (label < 0 || label >= n_classes_ || features.size != n_features_ || n_takes(label) >= kMaxTakes)
    return false;
  int16_t* header = row(label);
  int16_t* sums = header + kHeader;
  ++header[0];
  const uint32_t squares =
      squares_of(header) + static_cast<uint32_t>(square_length(features) >> kFractionBits);
  copy_bytes(header + 1, &squares, sizeof squares);
  for (int32_t i = 0; i < n_features_; ++i) sums[i] = static_cast<int16_t>(sums[i] + features[i]);
  return true;
}

void Prototypes::forget(int32_t label) {
  if (label < 0 || label >= n_classes_) return;
  fill_bytes(row(label), 0, (n_features_ + kHeader) * static_cast<int32_t>(sizeof(int16_t)));
}

/// Of a class that has takes: the sum of (n x - sum)^2, over n^2. At most 8192 * 2^32, times 16.
uint64_t Prototypes::square_distance(int32_t label, Span<const int8_t> features) const {
  const int16_t* header = row(label);
  const int16_t* sums = header + kHeader;
  const int32_t n = header[0];
  uint64_t sum = 0;
  for (int32_t i = 0; i < n_features_; ++i) {
    const int64_t difference = n * features[i] - sums[i];
    sum += static_cast<uint64_t>(difference * difference);
  }
  return (sum << kFractionBits) / static_cast<uint64_t>(int64_t{n} * n);
}

/// More than the mean square distance of all takes of classes with two or more from their own mean; 0 without
/// any.
/// Sum |x - mean|^2 = sum |x|^2 - |sum|^2 / n; one take less per class is free.
uint64_t Prototypes::square_spread() const {
  uint64_t sum = 0;
  int32_t n_free = 0;
  for (int32_t label = 0; label < n_classes_; ++label) {
    const int16_t* header = row(label);
    if (header[0] < 2) continue;
    uint64_t of_sums = 0;
    for (int32_t i = 0; i < n_features_; ++i) {
      const int64_t value = header[kHeader + i];
      of_sums += static_cast<uint64_t>(value * value);
    }
    const uint64_t of_mean = of_sums / static_cast<uint64_t>(header[0]);
    const uint64_t of_takes = uint64_t{squares_of(header)} << kFractionBits;
    if (of_takes > of_mean) sum += of_takes - of_mean;
    n_free += header[0] - 1;
  }
  return n_free == 0 ? 0 : (sum << kFractionBits) / static_cast<uint64_t>(n_free) + 1;
}

Likeness Prototypes::find(Span<const int8_t> features, int32_t reach_percent) const {
  Likeness found;
  if (features.size != n_features_) return found;
  uint64_t first = ~uint64_t{0}, second = first;
  for (int32_t label = 0; label < n_classes_; ++label) {
    if (n_takes(label) == 0) continue;
    const uint64_t distance = square_distance(label, features);
    if (distance < first) {
      second = first;
      first = distance;
      found.nearest = label;
    } else if (distance < second) {
      second = distance;
    }
  }
  if (found.nearest < 0) return found;
  found.score = static_cast<uint8_t>(second == 0 ? 0 : 255 - first / (second / 255 + 1));
  const uint64_t spread = square_spread();
  const auto reach = static_cast<uint64_t>(reach_percent);
  // Of what is always alike, tiny differences are none: at least a step per feature.
  const uint64_t least = static_cast<uint64_t>(n_features_) << kFractionBits;
  const uint64_t limit = (spread > least ? spread : least) * reach * reach / 10000;
  if (spread == 0 || first <= limit || (second != ~uint64_t{0} && first <= second / 3 * 2))
    found.label = found.nearest;
  return found;
}

}  // namespace inkling
