// Broadcast: how two tensors of different shapes meet element by element. Dimensions that both walk alike are
// merged when prepared, so equal shapes are one long row and a scalar or a bias needs one loop, too.
#pragma once
#include <stdint.h>

namespace inkling {

struct Broadcast {
  static constexpr int32_t kMaxDims = 4;
  int32_t n_dims;
  int32_t dims[kMaxDims];       ///< outermost first; the last is the row
  int32_t a_strides[kMaxDims];  ///< elements from index to index, 0 where a is repeated
  int32_t b_strides[kMaxDims];

  template <class V>
  static void visit(V&& v, const Broadcast& p) {
    v("n_dims", p.n_dims);
    for (int32_t i = 0; i < kMaxDims; ++i) {
      v("dim", p.dims[i]);
      v("a_stride", p.a_strides[i]);
      v("b_stride", p.b_strides[i]);
    }
  }
};

/// Calls f(a, a_stride, b, b_stride, out, n) for every row.
template <class T, class Out, class F>
void for_each_row(const Broadcast& p, const T* a, const T* b, Out* out, F&& f) {
  const int32_t last = p.n_dims - 1;
  int32_t index[Broadcast::kMaxDims] = {};
  for (;;) {
    f(a, p.a_strides[last], b, p.b_strides[last], out, p.dims[last]);
    out += p.dims[last];
    int32_t d = last - 1;
    for (; d >= 0; --d) {
      a += p.a_strides[d];
      b += p.b_strides[d];
      if (++index[d] < p.dims[d]) break;
      a -= p.a_strides[d] * p.dims[d];
      b -= p.b_strides[d] * p.dims[d];
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

}  // namespace inkling
