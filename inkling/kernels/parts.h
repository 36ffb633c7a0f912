// Joining tensors along one axis and splitting them again: seen from that axis, a tensor is n_outer rows, and
// each part owns a stretch of every row.
#pragma once
#include "inkling/kernels/strided_copy.h"

namespace inkling {

/// Rows of a whole tensor. The bytes that each part has of a row are given beside it; the last one given
/// serves for all further parts.
struct Parts {
  int32_t n_outer, row_bytes, n_parts, n_sizes;

  template <class V>
  static void visit(V&& v, const Parts& p, const int32_t* sizes, int32_t max_sizes) {
    v("n_outer", p.n_outer);
    v("row_bytes", p.row_bytes);
    v("n_parts", p.n_parts);
    v("n_sizes", p.n_sizes);
    for (int32_t i = 0; i < max_sizes; ++i) v("size", sizes[i]);
  }
};

/// Parts with room for `max_sizes` sizes.
template <int32_t max_sizes>
struct PartsParams {
  Parts parts;
  int32_t sizes[max_sizes];

  template <class V>
  static void visit(V&& v, const PartsParams& p) {
    Parts::visit(v, p.parts, p.sizes, max_sizes);
  }
};

/// Calls f(part, bytes of the part in a row, byte of a row where it starts) for every part.
template <class F>
void for_each_part(const Parts& p, const int32_t* sizes, F&& f) {
  int32_t at = 0;
  for (int32_t i = 0; i < p.n_parts; ++i) {
    const int32_t bytes = sizes[i < p.n_sizes ? i : p.n_sizes - 1];
    f(i, bytes, at);
    at += bytes;
  }
}

/// Writes one part into its stretch of the whole.
inline void join_part(const Parts& p, int32_t bytes, int32_t at, const void* part, void* whole) {
  const CopyAxis rows = {p.n_outer, bytes, p.row_bytes};
  copy_strided({1, bytes, 0, at}, &rows, part, whole);
}

/// Reads one part from its stretch of the whole.
inline void split_part(const Parts& p, int32_t bytes, int32_t at, const void* whole, void* part) {
  const CopyAxis rows = {p.n_outer, p.row_bytes, bytes};
  copy_strided({1, bytes, at, 0}, &rows, whole, part);
}

}  // namespace inkling
