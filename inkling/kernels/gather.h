// Gathering rows by index. Indices outside are moved to the nearest row, so that no data can lead outside.
#pragma once
#include "inkling/core/memory.h"
#include "inkling/kernels/indices.h"

namespace inkling {

/// GATHER: input [batches, outer, n_rows, row], indices [batches, n_indices], output [batches, outer,
/// n_indices, row].
struct GatherParams {
  int32_t batches, outer, n_rows, n_indices, row_bytes;
  bool is_int64;  ///< the indices' type

  template <class V>
  static void visit(V&& v, const GatherParams& p) {
    v("batches", p.batches);
    v("outer", p.outer);
    v("n_rows", p.n_rows);
    v("n_indices", p.n_indices);
    v("row_bytes", p.row_bytes);
    v("is_int64", p.is_int64);
  }
};

inline int32_t clamped_index(const void* indices, bool is_int64, int32_t i, int32_t n) {
  const int32_t index = index_at(indices, is_int64, i);
  return index < 0 ? 0 : index < n ? index : n - 1;
}

/// Calls f(row of the input, row of the output) for every row that is gathered.
template <class F>
void for_each_gathered(const GatherParams& p, const void* indices, F&& f) {
  int32_t to = 0;
  for (int32_t b = 0; b < p.batches; ++b)
    for (int32_t o = 0; o < p.outer; ++o)
      for (int32_t i = 0; i < p.n_indices; ++i, ++to)
        f((b * p.outer + o) * p.n_rows + clamped_index(indices, p.is_int64, b * p.n_indices + i, p.n_rows),
          to);
}

inline void gather_rows(const GatherParams& p, const void* input, const void* indices, void* output) {
  const auto* from = static_cast<const uint8_t*>(input);
  auto* to = static_cast<uint8_t*>(output);
  for_each_gathered(p, indices, [&](int32_t row, int32_t at) {
    copy_bytes(to + at * p.row_bytes, from + row * p.row_bytes, p.row_bytes);
  });
}

/// GATHER_ND: each index names a place in the first `depth` dimensions.
struct GatherNdParams {
  static constexpr int32_t kMaxDepth = 8;
  int32_t n_indices, depth, slice_bytes;
  int32_t dims[kMaxDepth];
  int32_t strides[kMaxDepth];  ///< bytes
  bool is_int64;

  template <class V>
  static void visit(V&& v, const GatherNdParams& p) {
    v("n_indices", p.n_indices);
    v("depth", p.depth);
    v("slice_bytes", p.slice_bytes);
    for (const int32_t dim : p.dims) v("dim", dim);
    for (const int32_t stride : p.strides) v("stride", stride);
    v("is_int64", p.is_int64);
  }
};

inline void gather_places(const GatherNdParams& p, const void* input, const void* indices, void* output) {
  auto* to = static_cast<uint8_t*>(output);
  for (int32_t i = 0; i < p.n_indices; ++i, to += p.slice_bytes) {
    int32_t at = 0;
    for (int32_t d = 0; d < p.depth; ++d)
      at += clamped_index(indices, p.is_int64, i * p.depth + d, p.dims[d]) * p.strides[d];
    copy_bytes(to, static_cast<const uint8_t*>(input) + at, p.slice_bytes);
  }
}

}  // namespace inkling
