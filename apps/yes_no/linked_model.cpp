// The model for which a firmware is made, as its program.h says. Compiled with each model anew; the rest of
// the application is not.
#include "apps/yes_no/linked_model.h"

#include "inkling/decide/word_settings.h"
#include "program.h"

namespace inkling {
namespace {

alignas(16) [[gnu::section(".arena")]] uint8_t arena[kArenaBytes];

constexpr DecideSettings make_settings() {
  DecideSettings settings = kWordSettings;
  settings.window_ms = kSmoothingMs;
  return settings;
}

}  // namespace

constexpr Bytes linked_model{model, kModelBytes};
constexpr const char* linked_labels = kLabels;
constexpr DecideSettings linked_settings = make_settings();
constexpr uint8_t linked_threshold = kThreshold;
constexpr Span<const Op* const> linked_operators = kOperators;
constexpr MutableBytes linked_arena = arena;

}  // namespace inkling
