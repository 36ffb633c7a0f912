// Strided copies: a box of one tensor into a box of another, dimension by dimension, each with its own stride
// in source and destination. Slices, transposes, reversals (negative strides), repetitions (source stride 0)
// and joins are all of this form. Knows bytes only, no types.
#pragma once
#include "inkling/core/memory.h"

namespace inkling {

/// The most loops of a copy.
constexpr int32_t kMaxCopyAxes = 8;

/// One loop of a copy: its turns, and the bytes from turn to turn.
struct CopyAxis {
  int32_t n, from_stride, to_stride;
};

/// What is copied in each turn of the innermost loop, and where the first turn lies. The loops are given
/// beside it, outermost first.
struct StridedCopy {
  int32_t n_axes;
  int32_t run_bytes;             ///< contiguous on both sides
  int32_t from_first, to_first;  ///< bytes from the tensors' starts

  template <class V>
  static void visit(V&& v, const StridedCopy& p, const CopyAxis* axes, int32_t n) {
    v("n_axes", p.n_axes);
    v("run_bytes", p.run_bytes);
    v("from_first", p.from_first);
    v("to_first", p.to_first);
    for (int32_t i = 0; i < n; ++i) {
      v("n", axes[i].n);
      v("from_stride", axes[i].from_stride);
      v("to_stride", axes[i].to_stride);
    }
  }
};

/// A copy with room for `n` loops.
template <int32_t n>
struct StridedCopyParams {
  StridedCopy copy;
  CopyAxis axes[n];

  template <class V>
  static void visit(V&& v, const StridedCopyParams& p) {
    StridedCopy::visit(v, p.copy, p.axes, n);
  }
};

/// The innermost loop where a run is as large as a T. Addresses need no alignment.
template <class T>
inline void copy_elements(const CopyAxis& axis, const uint8_t* from, uint8_t* to) {
  for (int32_t i = 0; i < axis.n; ++i, from += axis.from_stride, to += axis.to_stride)
    __builtin_memcpy(to, from, sizeof(T));
}

/// The innermost loop.
inline void copy_runs(const CopyAxis& axis, int32_t run_bytes, const uint8_t* from, uint8_t* to) {
  if (run_bytes == 1 && axis.from_stride == 0 && axis.to_stride == 1) {
    if (axis.n > 0) fill_bytes(to, *from, axis.n);
  } else if (run_bytes == 1) {
    copy_elements<uint8_t>(axis, from, to);
  } else if (run_bytes == 2) {
    copy_elements<uint16_t>(axis, from, to);
  } else if (run_bytes == 4) {
    copy_elements<uint32_t>(axis, from, to);
  } else {
    for (int32_t i = 0; i < axis.n; ++i, from += axis.from_stride, to += axis.to_stride)
      copy_bytes(to, from, run_bytes);
  }
}

/// Runs a copy. One function for all operators, so that a program carries it once.
inline __attribute__((noinline)) void copy_strided(const StridedCopy& p, const CopyAxis* axes,
                                                   const void* source, void* destination) {
  const auto* from = static_cast<const uint8_t*>(source);
  auto* to = static_cast<uint8_t*>(destination);
  int32_t from_at = p.from_first, to_at = p.to_first;
  const int32_t last = p.n_axes - 1;
  if (last < 0) return copy_bytes(to + to_at, from + from_at, p.run_bytes);
  int32_t index[kMaxCopyAxes] = {};
  for (;;) {
    copy_runs(axes[last], p.run_bytes, from + from_at, to + to_at);
    int32_t d = last - 1;
    for (; d >= 0; --d) {
      from_at += axes[d].from_stride;
      to_at += axes[d].to_stride;
      if (++index[d] < axes[d].n) break;
      from_at -= axes[d].from_stride * axes[d].n;
      to_at -= axes[d].to_stride * axes[d].n;
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

}  // namespace inkling
