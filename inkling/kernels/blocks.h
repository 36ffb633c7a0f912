// SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: a picture (the space) taken apart into smaller ones (the grid),
// each of every block-th pixel, and put together again. The space is [n, height, width, rest], the grid
// [block_height * block_width * n, grid height, grid width, rest]; around the space lie pads that only the
// grid has. For each place in a block the pixels that exist on both sides are one strided copy.
#pragma once
#include "inkling/kernels/strided_copy.h"

namespace inkling {

/// One of the two directions: pixels, places in a block, pixels of the grid, and the pad in front.
struct BlockAxis {
  int32_t space, block, grid, pad;

  template <class V>
  static void visit(V&& v, const BlockAxis& p) {
    v("space", p.space);
    v("block", p.block);
    v("grid", p.grid);
    v("pad", p.pad);
  }
};

struct BlocksParams {
  int32_t n;
  int32_t run_bytes;
  BlockAxis height, width;
  int32_t fill, fill_bytes, n_fills;  ///< what the grid is filled with before; 0 fills where nothing is

  template <class V>
  static void visit(V&& v, const BlocksParams& p) {
    v("n", p.n);
    v("run_bytes", p.run_bytes);
    v("height", p.height);
    v("width", p.width);
    v("fill", p.fill);
    v("fill_bytes", p.fill_bytes);
    v("n_fills", p.n_fills);
  }
};

/// The pixels of the grid that lie in the space for place `place` of a block: the first, and how many.
struct BlockSpan {
  int32_t first, n;
};
inline BlockSpan span_of(const BlockAxis& a, int32_t place) {
  const int32_t before = a.pad - place;  // pixel g of the grid is pixel g * block - before of the space
  const int32_t first = before > 0 ? (before + a.block - 1) / a.block : 0;
  const int32_t reach = a.space + before + a.block - 1;
  int32_t end = reach > 0 ? reach / a.block : 0;
  if (end > a.grid) end = a.grid;
  return {first, end > first ? end - first : 0};
}

/// Copies the space into the grid, or the grid into the space.
inline void move_blocks(const BlocksParams& p, bool to_grid, const void* from, void* to) {
  const BlockAxis &h = p.height, &w = p.width;
  const int32_t space_row = w.space * p.run_bytes, grid_row = w.grid * p.run_bytes;
  for (int32_t i = 0; i < h.block; ++i) {
    for (int32_t j = 0; j < w.block; ++j) {
      const BlockSpan y = span_of(h, i), x = span_of(w, j);
      const int32_t space_at =
          (y.first * h.block + i - h.pad) * space_row + (x.first * w.block + j - w.pad) * p.run_bytes;
      const int32_t grid_at =
          (i * w.block + j) * p.n * h.grid * grid_row + y.first * grid_row + x.first * p.run_bytes;
      CopyAxis axes[] = {{p.n, h.space * space_row, h.grid * grid_row},
                         {y.n, h.block * space_row, grid_row},
                         {x.n, w.block * p.run_bytes, p.run_bytes}};
      if (y.n == 0 || x.n == 0) continue;
      if (to_grid) {
        copy_strided({3, p.run_bytes, space_at, grid_at}, axes, from, to);
      } else {
        for (CopyAxis& axis : axes) axis = {axis.n, axis.to_stride, axis.from_stride};
        copy_strided({3, p.run_bytes, grid_at, space_at}, axes, from, to);
      }
    }
  }
}

}  // namespace inkling
