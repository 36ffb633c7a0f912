// Status: the one-byte answer of everything that can fail; Failure: the story behind it, written once, where
// it happened. Leaves out printing: the desk and the boards format a Failure with their own means.
#pragma once
#include <stdint.h>

namespace inkling {

#define INKLING_STATUS_LIST(X)                \
  X(ok, "ok")                                 \
  X(bad_model, "the model file is malformed") \
  X(unsupported, "not supported")             \
  X(bad_shape, "a shape does not fit")        \
  X(bad_type, "a type does not fit")          \
  X(bad_value, "a value is out of range")     \
  X(no_room, "the arena is too small")        \
  X(bad_argument, "the caller's argument is off")

/// What a call came to. One byte, so it travels in a register; the details are in the Failure.
enum class [[nodiscard]] Status : uint8_t{
#define X(id, text) id,
    INKLING_STATUS_LIST(X)
#undef X
};

/// The status in words, for messages.
constexpr const char* text(Status status) {
  switch (status) {
#define X(id, text) \
  case Status::id:  \
    return text;
    INKLING_STATUS_LIST(X)
#undef X
  }
  return "?";
}

#ifndef INKLING_REASON_TEXT
#define INKLING_REASON_TEXT \
  __STDC_HOSTED__  // 0: only numbers are carried; the desk turns them back into words
#endif

/// FNV-1a over a reason's text, folded to 16 bits: the number that stands for it where the text is compiled
/// out, so that nobody keeps a list. Unrolled by recursion: then the compiler folds it away even at -Os.
template <int i, int n>
__attribute__((always_inline)) constexpr uint32_t hash_reason(const char (&text)[n], uint32_t h) {
  if constexpr (i + 1 == n)
    return (h ^ h >> 16) & 0xffff;
  else
    return hash_reason<i + 1>(text, (h ^ static_cast<uint8_t>(text[i])) * 16777619u);
}

/// Why a call failed: a sentence, or the number that stands for it.
struct Reason {
#if INKLING_REASON_TEXT
  const char* text = "";
  constexpr Reason() = default;
  template <int n>
  constexpr Reason(const char (&literal)[n]) : text(literal) {}
#else
  uint16_t number = 0;
  constexpr Reason() = default;
  template <int n>
  __attribute__((always_inline)) constexpr Reason(const char (&literal)[n])
      : number(static_cast<uint16_t>(hash_reason<0>(literal, 2166136261u))) {}
#endif
};

/// Where, what, got, want. `op` is the operator's index in its subgraph, or -1 when the failure is not in an
/// operator; `op_name` is "" then. `got` and `want` are bytes, dims, counts or type codes, as the reason
/// says.
struct Failure {
  Status status = Status::ok;
  int16_t op = -1;
  const char* op_name = "";
  Reason why;
  int32_t got = 0;
  int32_t want = 0;
};

/// Passes a failed Status on to the caller. The only macro of the library.
#define TRY(call)                                                                                            \
  do {                                                                                                       \
    if (const ::inkling::Status try_status = (call); try_status != ::inkling::Status::ok) return try_status; \
  } while (false)

}  // namespace inkling
