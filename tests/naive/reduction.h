// Reductions: all numbers of an input that differ in the named axes alone become one.
#pragma once
#include "tests/naive/movement.h"

namespace inkling::naive {

/// An input over random axes and an output of `type`, with or without the reduced dimensions.
inline Case draw_reduction(Random& random, Operand in, Type output_type) {
  in.shape = draw_shape(random, 5);
  in.v.resize(static_cast<size_t>(in.size()));
  fill(random, in);
  Case c;
  c.inputs = {in, constant(list(random, draw_axes(random, rank_of(in.shape))))};
  const bool keep_dims = random.one_in(2);
  const std::vector<bool> reduced = named_axes(c.inputs[1], in.shape.size());
  Index shape;
  for (size_t i = 0; i < in.shape.size(); ++i)
    if (keep_dims || !reduced[i]) shape.push_back(reduced[i] ? 1 : in.shape[i]);
  c.outputs = {tensor(output_type, shape)};
  c.options = Options("ReducerOptions").set("keep_dims", keep_dims);
  return c;
}

/// Sets every output to f(its numbers, in the input's order).
template <class F>
void define_reduction(Case& c, F f) {
  const Operand& in = c.inputs[0];
  const std::vector<bool> reduced = named_axes(c.inputs[1], in.shape.size());
  Operand sums;
  for (size_t i = 0; i < in.shape.size(); ++i) sums.shape.push_back(reduced[i] ? 1 : in.shape[i]);
  Operand group_of = shaped_like(sums, sums.shape);
  for (size_t i = 0; i < group_of.v.size(); ++i) group_of.v[i] = static_cast<double>(i);
  std::vector<std::vector<double>> groups(group_of.v.size());
  for_each_index(in.shape, [&](const Index& index) {
    Index kept = index;
    for (size_t i = 0; i < kept.size(); ++i)
      if (reduced[i]) kept[i] = 0;
    groups[static_cast<size_t>(group_of.at(kept))].push_back(in.at(index));
  });
  for (size_t i = 0; i < groups.size(); ++i) c.outputs[0].v[i] = f(groups[i]);
}

inline Case draw_extreme(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32, Type::uint8, Type::int32});
  return draw_reduction(random, tensor(type, {}), type);
}

inline Case draw_sum(Random& random, bool with_int32) {
  const Type type =
      random.one_of({Type::int8, Type::int16, Type::float32, with_int32 ? Type::int32 : Type::int8});
  const bool has_scale = type == Type::int8 || type == Type::int16;
  const double scale = draw_scale(random);
  Operand in = has_scale ? quantized(random, type, {}, scale) : tensor(type, {});
  if (type == Type::int32) in.low = -(in.high = 1000000);
  Case c = draw_reduction(random, in, type);
  if (has_scale) {
    const double wider = random.one_in(4) ? 1 : std::exp2(random.real(-2, 6));
    const Operand out = quantized(random, type, {}, scale * wider);
    c.outputs[0].scales = out.scales;
    c.outputs[0].zero_points = out.zero_points;
  }
  c.tolerance = 1e-6;
  return c;
}

/// MEAN and SUM. Quantized: the factor between the scales, for MEAN divided by the number of values as a
/// whole number.
inline void define_sum(Case& c, bool mean) {
  const Operand& in = c.inputs[0];
  const Operand& out = c.outputs[0];
  define_reduction(c, [&](const std::vector<double>& values) {
    double sum = 0;
    for (const double x : values) sum += x;
    const auto n = static_cast<int64_t>(values.size());
    if (in.scales.empty()) return mean ? sum / static_cast<double>(n) : sum;
    Factor factor = quantize_factor(double{in.scale()} / out.scale());
    if (mean) {
      const int32_t shift = std::min(static_cast<int32_t>(std::log2(n)), 31 + factor.shift);
      factor = {static_cast<int32_t>((int64_t{factor.q} << shift) / n), factor.shift - shift};
    }
    const double centre = in.zero_point() * static_cast<double>(n);
    return clamp(multiply(sum - centre, factor) + out.zero_point(), lowest(out.type), highest(out.type));
  });
}

inline Case draw_arg(Random& random, const std::string& options) {
  const Type type =
      random.one_of({Type::int8, Type::int16, Type::float32, Type::uint8, Type::int32, Type::boolean});
  Case c = draw_reduction(random, tensor(type, {}), random.one_of({Type::int32, Type::int64}));
  const int32_t rank = rank_of(c.inputs[0].shape), axis = random.integer(0, rank - 1);
  c.inputs[1].shape = {};
  c.inputs[1].v = {static_cast<double>(draw_sign(random, axis, rank))};
  Index shape = c.inputs[0].shape;
  shape.erase(shape.begin() + axis);
  c.outputs = {tensor(c.outputs[0].type, shape)};
  c.options = Options(options).set("output_type", static_cast<double>(c.outputs[0].type));
  return c;
}

}  // namespace inkling::naive
