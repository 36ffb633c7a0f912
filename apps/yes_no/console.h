// Words and numbers on the console, one after the other. Leaves out the ends of lines: the caller writes
// them.
#pragma once
#include <stdint.h>

#include "inkling/core/port.h"

namespace inkling {

inline void say_one(const char* text) {
  port::write(text);
}
/// In decimal.
void say_one(int32_t number);

/// say("took ", 12, " ms\n").
template <class... Parts>
void say(Parts... parts) {
  (say_one(parts), ...);
}

}  // namespace inkling
