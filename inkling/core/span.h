// Span: a pointer and a count, nothing more (C++17 has no std::span and the device has no library).
#pragma once
#include <stdint.h>

namespace inkling {

/// A view of `size` elements that somebody else owns.
template <class T>
struct Span {
  T* data = nullptr;
  int32_t size = 0;

  constexpr Span() = default;
  constexpr Span(T* data_, int32_t size_) : data(data_), size(size_) {}
  template <int32_t n>
  constexpr Span(T (&array)[n]) : data(array), size(n) {}
  /// A Span of mutable elements converts to one of constant elements.
  constexpr operator Span<const T>() const { return {data, size}; }
  constexpr T& operator[](int32_t i) const { return data[i]; }
  constexpr T* begin() const { return data; }
  constexpr T* end() const { return data + size; }
};

using Bytes = Span<const uint8_t>;
using MutableBytes = Span<uint8_t>;

}  // namespace inkling
