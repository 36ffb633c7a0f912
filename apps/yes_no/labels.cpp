// A list of labels, see labels.h.
#include "apps/yes_no/labels.h"

namespace inkling {
namespace {

template <int32_t n>
bool equal(Span<const char> label, const char (&text)[n]) {
  if (label.size > 2 && label[0] == '_' && label[label.size - 1] == '_')
    label = {label.data + 1, label.size - 2};
  if (label.size != n - 1) return false;
  for (int32_t i = 0; i < label.size; ++i)
    if (label[i] != text[i]) return false;
  return true;
}

}  // namespace

int32_t Labels::count() const {
  int32_t n = 1;
  for (const char* c = text_; *c != '\0'; ++c) n += *c == ',';
  return n;
}

Span<const char> Labels::operator[](int32_t i) const {
  const char* first = text_;
  for (; i > 0 && *first != '\0'; ++first) i -= *first == ',';
  const char* end = first;
  while (*end != '\0' && *end != ',') ++end;
  return {first, static_cast<int32_t>(end - first)};
}

LabelKind Labels::kind(int32_t i) const {
  const Span<const char> label = (*this)[i];
  if (equal(label, "silence")) return LabelKind::silence;
  return equal(label, "unknown") ? LabelKind::unknown : LabelKind::word;
}

int32_t Labels::words_before(int32_t i) const {
  int32_t n = 0;
  for (int32_t label = 0; label < i; ++label) n += kind(label) == LabelKind::word;
  return n;
}

}  // namespace inkling
