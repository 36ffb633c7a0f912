// Joining tensors along one axis and splitting them again: seen from that axis, a tensor is n_outer rows, and
// each part owns a stretch of every row.
#pragma once
#include "inkling/core/span.h"
#include "inkling/kernels/strided_copy.h"

namespace inkling {

/// Rows of a whole tensor and the bytes that each part has of a row. The last size given serves for all
/// further parts.
template <int32_t max_sizes>
struct PartsParams {
  int32_t n_outer, row_bytes, n_parts, n_sizes;
  int32_t sizes[max_sizes];

  template <class V>
  static void visit(V&& v, const PartsParams& p) {
    v("n_outer", p.n_outer);
    v("row_bytes", p.row_bytes);
    v("n_parts", p.n_parts);
    v("n_sizes", p.n_sizes);
    for (int32_t i = 0; i < max_sizes; ++i) v("size", p.sizes[i]);
  }
};

/// Calls f(part, bytes of the part in a row, byte of a row where it starts) for every part.
template <int32_t max_sizes, class F>
void for_each_part(const PartsParams<max_sizes>& p, F&& f) {
  int32_t at = 0;
  for (int32_t i = 0; i < p.n_parts; ++i) {
    const int32_t bytes = p.sizes[i < p.n_sizes ? i : p.n_sizes - 1];
    f(i, bytes, at);
    at += bytes;
  }
}

/// Writes one part into its stretch of the whole.
inline void join_part(int32_t n_outer, int32_t row_bytes, int32_t bytes, int32_t at, const void* part,
                      void* whole) {
  const CopyAxis rows = {n_outer, bytes, row_bytes};
  copy_strided({1, bytes, 0, at}, &rows, part, whole);
}

/// Reads one part from its stretch of the whole.
inline void split_part(int32_t n_outer, int32_t row_bytes, int32_t bytes, int32_t at, const void* whole,
                       void* part) {
  const CopyAxis rows = {n_outer, row_bytes, bytes};
  copy_strided({1, bytes, at, 0}, &rows, whole, part);
}

}  // namespace inkling
