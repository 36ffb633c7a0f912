// The pupil: watches a network at work, and learns or recognizes what its last layer gets to see. Leaves out
// sound, button and lights.
#pragma once
#include "apps/learn/linked_head.h"
#include "inkling/inkling.h"
#include "inkling/learn/prototypes.h"

namespace inkling {

/// What became of something that was said.
struct Lesson {
  enum class Kind : uint8_t { none, taught, refused, recognized, unlike } kind = Kind::none;
  int32_t label = 0;
  uint8_t score = 0;  ///< of 255, of what was recognized
};

/// All that it learns is in less than 2 KB.
class Pupil {
 public:
  static constexpr int32_t kClasses = 3;
  static constexpr int32_t kMaxFeatures = 256;

  /// Watches `net`, whose output number `silence` says that nothing is said. The head has 1 to kMaxFeatures
  /// features.
  Pupil(Interpreter& net, LinkedHead head, int32_t silence);
  Pupil(const Pupil&) = delete;
  Pupil& operator=(const Pupil&) = delete;

  /// To be called after the network may have run. What is said is over when the network says for a moment
  /// that nothing is said, or after a second or so. If `teaching` at any time meanwhile, it becomes a take of
  /// the class `label`; else it is recognized.
  Lesson listen(bool teaching, int32_t label);

  int32_t n_takes(int32_t label) const { return known_.n_takes(label); }

 private:
  static bool watch(void* self, const StepEvent& event);
  Lesson conclude(int32_t label);

  Interpreter& net_;
  LinkedHead head_;
  int32_t silence_;
  bool has_run_ = false;
  bool teaching_ = false;  // in what is being said
  int32_t n_heard_ = 0;    // runs since it began
  int32_t n_quiet_ = 0;    // runs since something was last heard
  int8_t features_[kMaxFeatures];
  int32_t sums_[kMaxFeatures];
  int16_t memory_[Prototypes::memory_size(kClasses, kMaxFeatures)] = {};
  Prototypes known_;
};

}  // namespace inkling
