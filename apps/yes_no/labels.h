// Labels: what the model's outputs stand for. Leaves out their scores.
#pragma once
#include <stdint.h>

#include "inkling/core/span.h"

namespace inkling {

/// "silence" and "unknown", with or without the underscores of TensorFlow's "_silence_", are no words.
enum class LabelKind : uint8_t { silence, unknown, word };

/// A list of labels in one text, separated by commas: "silence,unknown,yes,no".
class Labels {
 public:
  /// `text` must outlive the labels.
  explicit Labels(const char* text) : text_(text) {}

  int32_t count() const;
  /// The characters of label number `i`, without a zero at the end.
  Span<const char> operator[](int32_t i) const;
  LabelKind kind(int32_t i) const;
  /// How many words stand before label `i`: 0 for the first word.
  int32_t words_before(int32_t i) const;

 private:
  const char* text_;
};

}  // namespace inkling
