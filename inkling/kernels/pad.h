// Padding: with a value (PAD, PADV2), or with what lies mirrored at the edges (MIRROR_PAD). Both lay the
// input into the output first or last; the mirror then copies inside the output, innermost dimension first,
// so that every dimension repeats whole rows that are complete.
#pragma once
#include "inkling/kernels/strided_copy.h"

namespace inkling {

/// A copy into a tensor that is filled with one value before. Fills of more than 4 bytes are 0.
template <int32_t n>
struct PadParams {
  StridedCopyParams<n> inside;
  int32_t n_fills, fill_bytes;  ///< how many values of 1, 2 or 4 bytes fill the output
  int32_t fill;

  template <class V>
  static void visit(V&& v, const PadParams& p) {
    v("inside", p.inside);
    v("n_fills", p.n_fills);
    v("fill_bytes", p.fill_bytes);
    v("fill", p.fill);
  }
};

/// Writes `n` times the value of `value_bytes` bytes.
inline void fill_values(void* to, const void* value, int32_t value_bytes, int32_t n) {
  const CopyAxis axis = {n, 0, value_bytes};
  copy_strided({1, value_bytes, 0, 0}, &axis, value, to);
}

/// One padded dimension: its rows, and how many are added on either side.
struct MirrorAxis {
  int32_t n, before, after;
};

struct MirrorPadParams {
  static constexpr int32_t kMaxAxes = 6;
  int32_t n_axes;
  int32_t run_bytes;     ///< contiguous bytes inside the innermost padded dimension
  int32_t output_bytes;  ///< of the whole output
  int32_t skip;          ///< 1: the edge itself is not repeated
  MirrorAxis axes[kMaxAxes];

  template <class V>
  static void visit(V&& v, const MirrorPadParams& p) {
    v("n_axes", p.n_axes);
    v("run_bytes", p.run_bytes);
    v("output_bytes", p.output_bytes);
    v("skip", p.skip);
    for (const MirrorAxis& axis : p.axes) {
      v("n", axis.n);
      v("before", axis.before);
      v("after", axis.after);
    }
  }
};

inline void pad_with_mirror(const MirrorPadParams& p, const void* input, void* output) {
  CopyAxis axes[MirrorPadParams::kMaxAxes];
  int32_t from_stride = p.run_bytes, to_stride = p.run_bytes, to_first = 0;
  for (int32_t i = p.n_axes - 1; i >= 0; --i) {
    const MirrorAxis& a = p.axes[i];
    axes[i] = {a.n, from_stride, to_stride};
    to_first += a.before * to_stride;
    from_stride *= a.n;
    to_stride *= a.before + a.n + a.after;
  }
  copy_strided({p.n_axes, p.run_bytes, 0, to_first}, axes, input, output);
  int32_t row = p.run_bytes;
  for (int32_t i = p.n_axes - 1; i >= 0; --i) {
    const MirrorAxis& a = p.axes[i];
    const int32_t block = row * (a.before + a.n + a.after), edge = row * a.before, end = edge + row * a.n;
    const CopyAxis blocks = {p.output_bytes / block, block, block};
    const CopyAxis front[] = {blocks, {a.before, row, -row}}, back[] = {blocks, {a.after, -row, row}};
    copy_strided({2, row, edge + p.skip * row, edge - row}, front, output, output);
    copy_strided({2, row, end - row - p.skip * row, end}, back, output, output);
    row = block;
  }
}

}  // namespace inkling
