// Operators that move numbers: every output is one of the input's, found by its index.
#pragma once
#include "tests/naive/elementwise.h"

namespace inkling::naive {

using Index = std::vector<int32_t>;

/// A type that is moved as bytes.
inline Type draw_movable_type(Random& random) {
  return random.one_of({Type::int8, Type::int8, Type::uint8, Type::int16, Type::int16, Type::int32,
                        Type::int64, Type::float32, Type::float32, Type::boolean, Type::uint32, Type::uint64,
                        Type::float16});
}

/// A filled tensor of any such type.
inline Operand movable(Random& random, const Index& shape) {
  Operand t = tensor(draw_movable_type(random), shape);
  fill(random, t);
  return t;
}

/// A tensor like another one in another shape.
inline Operand shaped_like(Operand t, const Index& shape) {
  t.shape = shape;
  t.v.assign(static_cast<size_t>(t.size()), 0);
  return t;
}

/// A vector of int32 or int64 numbers.
inline Operand list(Random& random, const Index& values) {
  Operand t = tensor(random.one_in(4) ? Type::int64 : Type::int32, {});
  t.shape = {static_cast<int32_t>(values.size())};
  t.v.assign(values.begin(), values.end());
  return t;
}

/// An axis of a tensor of `rank`, now and then counted from its end.
inline int32_t draw_sign(Random& random, int32_t axis, int32_t rank) {
  return random.one_in(3) ? axis - rank : axis;
}
inline int32_t from_front(double axis, size_t rank) {
  return static_cast<int32_t>(axis) + (axis < 0 ? static_cast<int32_t>(rank) : 0);
}
inline int32_t rank_of(const Index& shape) {
  return static_cast<int32_t>(shape.size());
}

/// Which axes a list names.
inline std::vector<bool> named_axes(const Operand& list, size_t rank) {
  std::vector<bool> named(rank);
  for (const double axis : list.v) named[static_cast<size_t>(from_front(axis, rank))] = true;
  return named;
}

/// Random axes of a tensor, none or some or all, each once.
inline Index draw_axes(Random& random, int32_t rank) {
  Index axes;
  for (int32_t i = 0; i < rank; ++i)
    if (random.one_in(2)) axes.push_back(draw_sign(random, i, rank));
  if (axes.empty()) axes.push_back(draw_sign(random, random.integer(0, rank - 1), rank));
  std::shuffle(axes.begin(), axes.end(), std::mt19937(random.bits()));
  return axes;
}

/// Calls f(index) for every index of a shape, the last dimension fastest.
template <class F>
void for_each_index(const Index& shape, F f) {
  Index index(shape.size());
  for (const int32_t dim : shape)
    if (dim == 0) return;
  for (;;) {
    f(index);
    size_t i = index.size();
    while (i > 0 && ++index[i - 1] == shape[i - 1]) index[--i] = 0;
    if (i == 0) return;
  }
}

/// Sets every number of `out` to f(index).
template <class F>
void define_each(Operand& out, F f) {
  out.v.resize(static_cast<size_t>(out.size()));
  for_each_index(out.shape, [&](const Index& index) { out.at(index) = f(index); });
}

}  // namespace inkling::naive
