// Line: puts one line of console text together, so that it arrives whole. Leaves out what does not fit its
// buffer.
#pragma once
#include <stdint.h>

#include "boards/virtual/semihosting.h"

namespace inkling {

/// A line of up to 126 characters: Line("took ").number(12).text(" ms").print().
class Line {
 public:
  explicit Line(const char* text_) { text(text_); }

  Line& text(const char* text) {
    while (*text != '\0') put(*text++);
    return *this;
  }
  Line& number(uint32_t value) {
    char digits[10];
    int32_t n = 0;
    do {
      digits[n++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    while (n > 0) put(digits[--n]);
    return *this;
  }
  Line& hex(uint32_t value) {
    text("0x");
    for (int32_t shift = 28; shift >= 0; shift -= 4) put("0123456789abcdef"[value >> shift & 15]);
    return *this;
  }
  /// Sends the line and its newline to the console.
  void print() {
    characters_[n_] = '\n';
    characters_[n_ + 1] = '\0';
    semihosting::write(characters_);
  }

 private:
  void put(char c) {
    if (n_ < kCapacity) characters_[n_++] = c;
  }

  static constexpr int32_t kCapacity = 126;
  int32_t n_ = 0;
  char characters_[kCapacity + 2];
};

}  // namespace inkling
