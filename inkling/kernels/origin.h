// Origin: where a box that is placed by data may start inside a tensor. Positions that would leave the tensor
// are moved to the nearest one that does not.
#pragma once
#include "inkling/kernels/indices.h"
#include "inkling/kernels/strided_copy.h"

namespace inkling {

struct Origin {
  static constexpr int32_t kMaxRank = 6;
  int32_t rank;
  int32_t limits[kMaxRank];   ///< the last allowed index of each dimension
  int32_t strides[kMaxRank];  ///< bytes from index to index
  bool is_int64;              ///< the type of the positions

  template <class V>
  static void visit(V&& v, const Origin& p) {
    v("rank", p.rank);
    for (const int32_t limit : p.limits) v("limit", limit);
    for (const int32_t stride : p.strides) v("stride", stride);
    v("is_int64", p.is_int64);
  }
};

/// The byte where the box starts whose first index is in `positions`.
inline int32_t origin_bytes(const Origin& p, const void* positions) {
  int32_t at = 0;
  for (int32_t i = 0; i < p.rank; ++i) {
    const int32_t index = index_at(positions, p.is_int64, i);
    at += (index < 0 ? 0 : index > p.limits[i] ? p.limits[i] : index) * p.strides[i];
  }
  return at;
}

/// A copy of a box that starts at an Origin on one side.
struct PlacedCopyParams {
  StridedCopyParams<Origin::kMaxRank - 1> box;
  Origin origin;
  int32_t n_bytes;  ///< of the tensor that the box lies in

  template <class V>
  static void visit(V&& v, const PlacedCopyParams& p) {
    v("box", p.box);
    v("origin", p.origin);
    v("n_bytes", p.n_bytes);
  }
};

}  // namespace inkling
