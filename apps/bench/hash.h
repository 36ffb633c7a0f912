// The hash by which tensors are compared: 32-bit FNV-1a.
#pragma once
#include <stdint.h>

namespace inkling::bench {

inline uint32_t fnv1a(const uint8_t* bytes, int32_t n_bytes) {
  uint32_t hash = 2166136261u;
  for (int32_t i = 0; i < n_bytes; ++i) hash = (hash ^ bytes[i]) * 16777619u;
  return hash;
}

}  // namespace inkling::bench
