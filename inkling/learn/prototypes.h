// Prototypes: learning on the device. A class is the mean of its takes' features, what is nearest to a mean
// is of its class, and what is far from all is nothing of them. Leaves out where features come from: what a
// network's last layer takes serves well.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// What something was taken for.
struct Likeness {
  int32_t label = -1;    ///< of the nearest class; -1 if there is none, or if it is like none
  int32_t nearest = -1;  ///< of the nearest class, however far
  uint8_t score = 0;     ///< how much nearer than the next class: 0 as near, 255 there
};

/// Learns classes from takes, one at a time, by additions alone. All it knows is in the caller's memory,
/// which may be copied to flash and back: prototypes over such a copy know the same.
class Prototypes {
 public:
  /// The most takes of a class; more are not learned.
  static constexpr int32_t kMaxTakes = 255;
  /// The elements that `memory` has for so many classes: 8 classes of 128 features take 2 KB.
  static constexpr int32_t memory_size(int32_t n_classes, int32_t n_features) {
    return n_classes * (n_features + kHeader);
  }

  /// `memory` is zero where nothing has been learned yet, and must outlive the prototypes. There are as many
  /// classes as it has room for. Up to 8192 features, else there are no classes.
  Prototypes(int32_t n_features, Span<int16_t> memory);

  int32_t n_classes() const { return n_classes_; }
  /// How many takes a class was learned from; 0 for labels that there are not.
  int32_t n_takes(int32_t label) const;

  /// Learns a take. Returns false, and learns nothing, if there is no such class, if it has kMaxTakes
  /// already, or if these are not as many features.
  bool learn(int32_t label, Span<const int8_t> features);
  /// Forgets what a class was learned from.
  void forget(int32_t label);

  /// What the features are like. Unlike all are those that are farther from the nearest mean than
  /// `reach_percent` of how far takes are from their own on the whole (the root of the mean square), unless
  /// the next mean is 1.2 times as far: from few takes it is not known how far they may be. As long as no
  /// class has two takes, nothing is unlike all.
  Likeness find(Span<const int8_t> features, int32_t reach_percent = 200) const;

 private:
  static constexpr int32_t kHeader = 3;  // the takes' number and, in two elements, their sum of squares
  static constexpr int32_t kMaxFeatures = 8192;

  int16_t* row(int32_t label) const { return memory_.data + label * (n_features_ + kHeader); }
  uint64_t square_distance(int32_t label, Span<const int8_t> features) const;
  uint64_t square_spread() const;

  int32_t n_features_;
  int32_t n_classes_;
  Span<int16_t> memory_;
};

}  // namespace inkling
