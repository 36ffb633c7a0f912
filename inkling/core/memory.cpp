// The three functions that GCC calls even with -ffreestanding. Weak, so a C library's own versions win where
// there is one; word-wise where both addresses allow it, because copies of feature maps go through here.
#include "inkling/core/memory.h"

#if !defined(__linux__) && !defined(__APPLE__)
// Without this GCC recognises the loops below as memcpy and memset and makes them call themselves.
#pragma GCC optimize("no-tree-loop-distribute-patterns")

namespace {
using Word __attribute__((may_alias)) = uint32_t;
// Not __builtin_memcpy: on machines that want alignment GCC turns that into a call of memcpy, which is this
// very one.
struct __attribute__((packed, may_alias)) Unaligned {
  uint32_t word;
};
bool words(uintptr_t bits) {
  return (bits & 3) == 0;
}
}  // namespace

extern "C" {
__attribute__((weak)) void* memcpy(void* to, const void* from, size_t n) {
  auto* d = static_cast<uint8_t*>(to);
  auto* s = static_cast<const uint8_t*>(from);
  if (words(reinterpret_cast<uintptr_t>(d) | reinterpret_cast<uintptr_t>(s))) {
    for (; n >= 4; n -= 4, d += 4, s += 4) *reinterpret_cast<Word*>(d) = *reinterpret_cast<const Word*>(s);
  } else {
    // One load and one store where the machine takes any address; elsewhere the compiler makes bytes of it.
    for (; n >= 4; n -= 4, d += 4, s += 4)
      reinterpret_cast<Unaligned*>(d)->word = reinterpret_cast<const Unaligned*>(s)->word;
  }
  while (n--) *d++ = *s++;
  return to;
}

__attribute__((weak)) void* memmove(void* to, const void* from, size_t n) {
  auto* d = static_cast<uint8_t*>(to);
  auto* s = static_cast<const uint8_t*>(from);
  if (d <= s || d >= s + n) return memcpy(to, from, n);  // memcpy above runs forwards
  while (n--) d[n] = s[n];
  return to;
}

__attribute__((weak)) void* memset(void* to, int value, size_t n) {
  auto* d = static_cast<uint8_t*>(to);
  const uint32_t byte = static_cast<uint8_t>(value);
  for (; n && !words(reinterpret_cast<uintptr_t>(d)); --n) *d++ = static_cast<uint8_t>(byte);
  for (; n >= 4; n -= 4, d += 4) *reinterpret_cast<Word*>(d) = byte * 0x01010101u;
  while (n--) *d++ = static_cast<uint8_t>(byte);
  return to;
}
}
#endif
