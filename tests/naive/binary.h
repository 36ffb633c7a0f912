// Operators of two inputs that broadcast, number by number.
#pragma once
#include "tests/naive/elementwise.h"

namespace inkling::naive {

/// Dimensions from the last one on; 1 beyond the rank.
inline int32_t dim_from_end(const std::vector<int32_t>& shape, size_t i) {
  return i < shape.size() ? shape[shape.size() - 1 - i] : 1;
}

/// The shape that two shapes broadcast to.
inline std::vector<int32_t> broadcast(const std::vector<int32_t>& a, const std::vector<int32_t>& b) {
  std::vector<int32_t> shape;
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i)
    shape.insert(shape.begin(), std::max(dim_from_end(a, i), dim_from_end(b, i)));
  return shape;
}

/// The index of an operand of `shape` for an index of the broadcast one.
inline std::vector<int32_t> index_within(const std::vector<int32_t>& shape,
                                         const std::vector<int32_t>& index) {
  std::vector<int32_t> within;
  for (size_t i = 0; i < shape.size(); ++i)
    within.push_back(shape[i] == 1 ? 0 : index[index.size() - shape.size() + i]);
  return within;
}

/// A shape that broadcasts to `full`: some dimensions 1, some leading ones left out.
inline std::vector<int32_t> draw_part(Random& random, std::vector<int32_t> full) {
  for (int32_t& dim : full)
    if (random.one_in(3)) dim = 1;
  const int32_t n_left_out = random.one_in(3) ? random.integer(0, static_cast<int64_t>(full.size()) - 1) : 0;
  full.erase(full.begin(), full.begin() + n_left_out);
  return full;
}

/// Two inputs and an output of one type: equal shapes, or shapes that broadcast. `quantized` where integers
/// have scales.
inline Case draw_binary(Random& random, Type type, Type output_type, bool with_scales) {
  const std::vector<int32_t> full = draw_shape(random);
  const bool equal = random.one_in(3);
  const std::vector<int32_t> a = equal ? full : draw_part(random, full),
                             b = equal ? full : draw_part(random, full);
  const auto operand = [&](Type t, const std::vector<int32_t>& shape) {
    return with_scales ? quantized(random, t, shape, draw_scale(random)) : tensor(t, shape);
  };
  Case c;
  c.inputs = {operand(type, a), operand(type, b)};
  fill(random, c.inputs[0]);
  fill(random, c.inputs[1]);
  if (random.one_in(3)) c.inputs[static_cast<size_t>(random.integer(0, 1))].role = Role::constant;
  c.outputs = {operand(output_type, broadcast(a, b))};
  return c;
}

/// Sets every output to f(a, b).
template <class F>
void define_binary(Case& c, F f) {
  Operand& out = c.outputs[0];
  std::vector<int32_t> index(out.shape.size());
  for (double& result : out.v) {
    result = f(c.inputs[0].at(index_within(c.inputs[0].shape, index)),
               c.inputs[1].at(index_within(c.inputs[1].shape, index)));
    for (size_t i = index.size(); i-- > 0;) {
      if (++index[i] < out.shape[i]) break;
      index[i] = 0;
    }
  }
}

}  // namespace inkling::naive
