// STRIDED_SLICE of any type with constant positions, strides of either sign and all masks.
#include "inkling/ops.h"
#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask, offset };

// The indices that one entry takes of a dimension.
struct Steps {
  int32_t first, n, stride;
};

struct Slicer {
  Prepare& c;
  Indices begin, end, strides;
  int32_t begins, ends, ellipses, new_axes, shrinks;  // masks
  bool relative;                                      // the ends count from the begins

  bool has(int32_t mask, int32_t i) const { return mask >> i & 1; }

  // Entry `i` over `dim` indices: positions below 0 count from the end, those outside move to the end they
  // pass.
  Status steps(int32_t i, int32_t dim, Steps* steps) const {
    const int64_t stride = strides[i];
    if (stride == 0) return c.fail(Status::bad_value, "a stride must not be 0", i, 1);
    const bool forwards = stride > 0;
    const int64_t low = forwards ? 0 : -1, high = forwards ? dim : dim - 1;
    const auto clamp = [&](int64_t x) { return x < low ? low : x > high ? high : x; };
    const auto place = [&](int64_t x) { return clamp(x < 0 ? x + dim : x); };
    const int64_t first = has(begins, i) ? (forwards ? low : high) : place(begin[i]);
    if (has(shrinks, i)) {
      if (first < 0 || first >= dim)
        return c.fail(Status::bad_value, "an index is outside its dimension", begin[i], dim);
      *steps = {static_cast<int32_t>(first), 1, 1};
      return Status::ok;
    }
    const int64_t past = has(ends, i) ? (forwards ? high : low) : place(end[i] + (relative ? first : 0));
    const int64_t span = forwards ? past - first : first - past, step = forwards ? stride : -stride;
    *steps = {static_cast<int32_t>(first), static_cast<int32_t>(span > 0 ? (span + step - 1) / step : 0),
              static_cast<int32_t>(stride)};
    return Status::ok;
  }

  // How many dimensions of a tensor of `rank` the ellipsis at entry `i` stands for.
  int32_t ellipsis_dims(int32_t i, int32_t dim, int32_t rank) const {
    int32_t n = rank - dim;
    for (int32_t k = i + 1; k < begin.size; ++k) n -= !has(new_axes, k);
    return n;
  }

  // Calls f(dimension of the input or -1, steps, whether the output keeps it) for every dimension.
  template <class F>
  Status for_each(const Shape& shape, F&& f) const {
    int32_t dim = 0;
    for (int32_t i = 0; i < begin.size; ++i) {
      if (has(ellipses, i)) {
        for (int32_t n = ellipsis_dims(i, dim, shape.size); n > 0; --n, ++dim)
          TRY(f(dim, Steps{0, shape[dim], 1}, true));
      } else if (has(new_axes, i)) {
        TRY(f(-1, Steps{0, 1, 1}, true));
      } else {
        if (dim >= shape.size)
          return c.fail(Status::bad_shape, "more positions than dimensions", begin.size, shape.size);
        Steps taken = {};
        TRY(steps(i, shape[dim], &taken));
        TRY(f(dim, taken, !has(shrinks, i)));
        ++dim;
      }
    }
    for (; dim < shape.size; ++dim) TRY(f(dim, Steps{0, shape[dim], 1}, true));
    return Status::ok;
  }
};

Status prepare(Prepare& c) {
  TRY(c.expect(4, 4, 1));
  const Tensor input = c.input(0), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  Slicer slicer{c,
                {},
                {},
                {},
                c.option<int32_t>(begin_mask, 0),
                c.option<int32_t>(end_mask, 0),
                c.option<int32_t>(ellipsis_mask, 0),
                c.option<int32_t>(new_axis_mask, 0),
                c.option<int32_t>(shrink_axis_mask, 0),
                c.option<uint8_t>(offset, 0) != 0};
  TRY(constant_indices(c, c.input(1), &slicer.begin));
  TRY(constant_indices(c, c.input(2), slicer.begin.size, &slicer.end));
  TRY(constant_indices(c, c.input(3), slicer.begin.size, &slicer.strides));
  if (slicer.begin.size > 2 * kMaxRank)
    return c.fail(Status::bad_shape, "too many positions", slicer.begin.size, 2 * kMaxRank);
  const bool empty = output.n_elements == 0;
  const Strides from(empty ? Shape() : input.shape, element_bytes),
      to(empty ? Shape() : output.shape, element_bytes);
  CopyPlan plan(element_bytes);
  int32_t rank = 0;  // of the output
  TRY(slicer.for_each(input.shape, [&](int32_t dim, const Steps& steps, bool kept) {
    const int32_t at = rank;
    rank += kept;
    if (rank > output.shape.size || (kept && output.shape[at] != steps.n))
      return c.fail(Status::bad_shape, "the output does not have the slice's shape", rank, output.shape.size);
    if (empty || dim < 0) return Status::ok;
    plan.from_first += steps.first * from.of[dim];
    if (steps.n > 1) plan.add(steps.n, steps.stride * from.of[dim], to.of[at]);
    return Status::ok;
  }));
  if (rank != output.shape.size)
    return c.fail(Status::bad_shape, "the output does not have the slice's rank", output.shape.size, rank);
  return empty ? run_nothing(c) : run_copy(c, &plan);
}

}  // namespace

const Op strided_slice = {"STRIDED_SLICE", 45, prepare};
const Op int8::strided_slice = {"STRIDED_SLICE", 45, prepare};
const Op int16::strided_slice = {"STRIDED_SLICE", 45, prepare};
const Op float32::strided_slice = {"STRIDED_SLICE", 45, prepare};

}  // namespace inkling::ops
