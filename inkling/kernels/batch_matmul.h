// BATCH_MATMUL: out[i, j] = sum(a[i, k] * b[k, j]) for every pair of matrices that the batch dimensions give.
// Transposed operands are walked the other way instead of being copied.
#pragma once
#include "inkling/kernels/layer.h"

namespace inkling {

struct MatrixPairs {
  static constexpr int32_t kMaxDims = 4;
  int32_t rows, depth, columns;
  int32_t a_row, a_depth, b_depth, b_column;  ///< elements from one to the next
  int32_t n_dims;                             ///< batch dimensions, outermost first
  int32_t dims[kMaxDims];
  int32_t a_strides[kMaxDims];  ///< elements from matrix to matrix, 0 where a is repeated
  int32_t b_strides[kMaxDims];

  template <class V>
  static void visit(V&& v, const MatrixPairs& p) {
    v("rows", p.rows);
    v("depth", p.depth);
    v("columns", p.columns);
    v("a_row", p.a_row);
    v("a_depth", p.a_depth);
    v("b_depth", p.b_depth);
    v("b_column", p.b_column);
    v("n_dims", p.n_dims);
    for (const int32_t dim : p.dims) v("dim", dim);
    for (const int32_t stride : p.a_strides) v("a_stride", stride);
    for (const int32_t stride : p.b_strides) v("b_stride", stride);
  }
};

struct BatchMatmulParams {
  MatrixPairs pairs;
  LayerParams layer;

  template <class V>
  static void visit(V&& v, const BatchMatmulParams& p) {
    v("pairs", p.pairs);
    v("layer", p.layer);
  }
};

/// One pair of matrices.
template <class Layer, class T>
T* multiply_matrices(const MatrixPairs& p, const Layer& layer, const T* a, const T* b, T* output) {
  for (int32_t i = 0; i < p.rows; ++i, a += p.a_row) {
    for (int32_t j = 0; j < p.columns; ++j) {
      typename Layer::Sum sum = 0;
      for (int32_t k = 0; k < p.depth; ++k)
        sum += layer.product(a[k * p.a_depth], b[k * p.b_depth + j * p.b_column]);
      *output++ = layer.finish(sum, 0);
    }
  }
  return output;
}

template <class Layer, class T>
void multiply_pairs(const MatrixPairs& p, const Layer& layer, const T* a, const T* b, T* output) {
  int32_t index[MatrixPairs::kMaxDims] = {};
  for (;;) {
    output = multiply_matrices(p, layer, a, b, output);
    int32_t d = p.n_dims - 1;
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
