// FNV-1a: a 32-bit fingerprint of bytes, the same on the desk, on a board and in the recordings of other
// engines. Leaves out any protection against somebody who forges it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace inkling::host {

constexpr uint32_t kFnvStart = 2166136261u;

/// The 32-bit FNV-1a hash (Fowler, Noll, Vo) of `n_bytes` bytes. Pass a former result as `hash` to go on with
/// it.
constexpr uint32_t fnv1a32(const uint8_t* bytes, size_t n_bytes, uint32_t hash = kFnvStart) {
  for (size_t i = 0; i < n_bytes; ++i) hash = (hash ^ bytes[i]) * 16777619u;
  return hash;
}

inline uint32_t fnv1a32(const std::vector<uint8_t>& bytes) {
  return fnv1a32(bytes.data(), bytes.size());
}

}  // namespace inkling::host
