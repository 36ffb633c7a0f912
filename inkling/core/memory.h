// Copies and fills without a C library: the compiler's built-ins, which may call memcpy, memset and memmove.
// On a device those three are the weak ones of memory.cpp.
#pragma once
#include <stddef.h>
#include <stdint.h>

namespace inkling {

inline void copy_bytes(void* to, const void* from, int32_t n_bytes) {
  __builtin_memcpy(to, from, static_cast<size_t>(n_bytes));
}
inline void move_bytes(void* to, const void* from, int32_t n_bytes) {
  __builtin_memmove(to, from, static_cast<size_t>(n_bytes));
}
inline void fill_bytes(void* to, uint8_t value, int32_t n_bytes) {
  __builtin_memset(to, value, static_cast<size_t>(n_bytes));
}

/// Whether two pieces of memory have no byte in common.
inline bool apart(const void* a, int32_t a_bytes, const void* b, int32_t b_bytes) {
  const auto from_a = reinterpret_cast<uintptr_t>(a), from_b = reinterpret_cast<uintptr_t>(b);
  return from_a + static_cast<uintptr_t>(a_bytes) <= from_b ||
         from_b + static_cast<uintptr_t>(b_bytes) <= from_a;
}

/// Reads a T from an address of any alignment.
template <class T>
inline T load(const void* from) {
  T value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}
/// Any byte but 0 is true; C++ allows no others but 1 in a bool.
template <>
inline bool load<bool>(const void* from) {
  return *static_cast<const uint8_t*>(from) != 0;
}

}  // namespace inkling
