// STRIDED_SLICE: along each dimension the indices that begin : end : stride takes, as in Python. Masks: a
// begin or an end left out, dimensions left out by an ellipsis, a new dimension, one index that takes its
// dimension away.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

struct Taken {
  int32_t dim;  // of the input; -1: a new one
  Index indices;
  bool kept;
};

bool masked(const Case& c, const std::string& mask, size_t i) {
  return static_cast<int32_t>(c.option(mask)) >> i & 1;
}

Index take(const Case& c, size_t i, int32_t dim) {
  const auto number = [&](size_t input) { return static_cast<int32_t>(c.inputs[input].v[i]); };
  const int32_t stride = number(3);
  int32_t begin = number(1), end = number(2);
  if (begin < 0) begin += dim;
  begin = static_cast<int32_t>(stride > 0 ? clamp(begin, 0, dim) : clamp(begin, -1, dim - 1));
  if (masked(c, "begin_mask", i)) begin = stride > 0 ? 0 : dim - 1;
  if (masked(c, "shrink_axis_mask", i)) return {begin};
  if (c.option("offset") != 0) end += begin;
  if (end < 0) end += dim;
  if (masked(c, "end_mask", i)) end = stride > 0 ? dim : -1;
  Index indices;
  for (int32_t k = begin; k >= 0 && k < dim && (stride > 0 ? k < end : k > end); k += stride)
    indices.push_back(k);
  return indices;
}

std::vector<Taken> taken(const Case& c) {
  std::vector<Taken> all;
  const Index& shape = c.inputs[0].shape;
  const size_t n = c.inputs[1].v.size();
  size_t dim = 0, n_named = 0;
  for (size_t i = 0; i < n; ++i) n_named += !masked(c, "ellipsis_mask", i) && !masked(c, "new_axis_mask", i);
  const auto whole = [&] {
    all.push_back({static_cast<int32_t>(dim), {}, true});
    for (int32_t k = 0; k < shape[dim]; ++k) all.back().indices.push_back(k);
    ++dim;
  };
  for (size_t i = 0; i < n; ++i) {
    if (masked(c, "ellipsis_mask", i)) {
      for (size_t k = n_named; k < shape.size(); ++k) whole();
    } else if (masked(c, "new_axis_mask", i)) {
      all.push_back({-1, {0}, true});
    } else {
      all.push_back({static_cast<int32_t>(dim), take(c, i, shape[dim]), !masked(c, "shrink_axis_mask", i)});
      ++dim;
    }
  }
  while (dim < shape.size()) whole();
  return all;
}

Case draw(Random& random) {
  // Plain ones name every dimension in int32 and take something of it, as the reference wants it.
  const bool plain = random.one_in(2);
  const Index shape = draw_shape(random, plain ? 4 : 5);
  Index begins, ends, strides;
  double masks[5] = {};  // begin, end, ellipsis, new axis, shrink
  const size_t n_named = static_cast<size_t>(plain ? rank_of(shape) : random.integer(1, rank_of(shape)));
  bool has_ellipsis = plain || !random.one_in(4);
  for (size_t dim = 0; dim < n_named;) {
    const double bit = std::exp2(begins.size());
    const bool ellipsis = !has_ellipsis && random.one_in(2),
               new_axis = !ellipsis && !plain && random.one_in(8);
    const bool named = !ellipsis && !new_axis, shrink = named && random.one_in(5);
    const bool has_begin = !(named && !shrink && random.one_in(4)),
               has_end = !(named && !shrink && random.one_in(4));
    masks[0] += has_begin ? 0 : bit;
    masks[1] += has_end ? 0 : bit;
    masks[2] += ellipsis ? bit : 0;
    masks[3] += new_axis ? bit : 0;
    masks[4] += shrink ? bit : 0;
    has_ellipsis |= ellipsis;
    // Behind an ellipsis a position's dimension is not known here; 0 lies in all of them.
    const int32_t n = shape[dim], index = masks[2] > 0 ? 0 : random.integer(-n, n - 1);
    const int32_t stride = shrink ? 1 : random.one_of({1, 1, 2, 3, -1, -2}),
                  from = index + (index < 0 ? n : 0);
    begins.push_back(shrink || plain ? index : random.integer(-n - 1, n + 1));
    ends.push_back(!plain       ? random.integer(-n - 1, n + 1)
                   : stride > 0 ? random.integer(from + 1, n + 1)
                                : random.integer(-1, from - 1) - n);
    strides.push_back(stride);
    dim += named;
  }
  const auto indices = [&](const Index& values) {
    Operand t = list(random, values);
    if (plain) t.type = Type::int32;
    return constant(t);
  };
  Case c;
  c.inputs = {movable(random, shape), indices(begins), indices(ends), indices(strides)};
  c.options = Options("StridedSliceOptions").set("begin_mask", masks[0]).set("end_mask", masks[1]);
  c.options.set("ellipsis_mask", masks[2]).set("new_axis_mask", masks[3]).set("shrink_axis_mask", masks[4]);
  c.options.set("offset", !plain && random.one_in(8));
  c.outputs = {shaped_like(c.inputs[0], {})};
  for (const Taken& t : taken(c))
    if (t.kept) c.outputs[0].shape.push_back(static_cast<int32_t>(t.indices.size()));
  c.outputs[0] = shaped_like(c.inputs[0], c.outputs[0].shape);
  return c;
}

void define(Case& c) {
  const std::vector<Taken> all = taken(c);
  define_each(c.outputs[0], [&](const Index& index) {
    Index from;
    size_t at = 0;
    for (const Taken& t : all) {
      const int32_t i = t.kept ? index[at++] : 0;
      if (t.dim >= 0) from.push_back(t.indices[static_cast<size_t>(i)]);
    }
    return c.inputs[0].at(from);
  });
}

const Register registered("STRIDED_SLICE", draw, define);

}  // namespace
}  // namespace inkling::naive
