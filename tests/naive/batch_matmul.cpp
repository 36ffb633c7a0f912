// BATCH_MATMUL: out[..., i, j] = sum of a[..., i, k] * b[..., k, j]; dimensions before the last two
// broadcast.
#include "tests/naive/binary.h"

namespace inkling::naive {
namespace {

// `batch` with a matrix of height x width behind, or of width x height.
Operand draw_matrices(Random& random, Type type, std::vector<int32_t> batch, int32_t height, int32_t width,
                      bool turned) {
  batch.push_back(turned ? width : height);
  batch.push_back(turned ? height : width);
  Operand t =
      type == Type::float32 ? tensor(type, batch) : quantized(random, type, batch, draw_scale(random));
  fill(random, t);
  return t;
}

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::int16, Type::float32});
  const int32_t rows = random.integer(1, 6), depth = random.integer(1, 20), columns = random.integer(1, 6);
  const bool turn_a = random.one_in(2), turn_b = random.one_in(2);
  std::vector<int32_t> full(static_cast<size_t>(random.integer(0, 4)));
  for (int32_t& dim : full) dim = random.integer(1, 3);
  const auto part = [&] { return full.empty() || random.one_in(2) ? full : draw_part(random, full); };
  const std::vector<int32_t> a = part(), b = part();
  Case c;
  c.inputs = {draw_matrices(random, type, a, rows, depth, turn_a),
              draw_matrices(random, type, b, depth, columns, turn_b)};
  if (random.one_in(3)) c.inputs[1].role = Role::constant;
  c.outputs = {draw_matrices(random, type, broadcast(a, b), rows, columns, false)};
  if (type != Type::float32)
    c.outputs[0].scales = {static_cast<float>(double{c.inputs[0].scale()} * c.inputs[1].scale() *
                                              std::sqrt(depth) * (type == Type::int8 ? 64 : 16384) *
                                              std::exp2(random.real(-2, 2)))};
  c.options = Options("BatchMatMulOptions").set("adj_x", turn_a).set("adj_y", turn_b);
  c.tolerance = 1e-5;
  return c;
}

// The number at [batch..., i, j] of matrices that may be turned and repeated.
double number(const Operand& t, std::vector<int32_t> index, int32_t i, int32_t j, bool turned) {
  index[index.size() - 2] = turned ? j : i;
  index[index.size() - 1] = turned ? i : j;
  std::vector<int32_t> within = index_within(t.shape, index);
  within[within.size() - 2] = turned ? j : i;
  within[within.size() - 1] = turned ? i : j;
  return centred(t, t.at(within));
}

void define(Case& c) {
  const Operand &a = c.inputs[0], &b = c.inputs[1];
  Operand& out = c.outputs[0];
  const bool turn_a = c.option("adj_x") != 0, turn_b = c.option("adj_y") != 0;
  const int32_t depth = a.dim(a.shape.size() - (turn_a ? 2 : 1));
  std::vector<int32_t> index(out.shape.size());
  for (double& result : out.v) {
    const int32_t i = index[index.size() - 2], j = index[index.size() - 1];
    double sum = 0;
    for (int32_t k = 0; k < depth; ++k)
      sum += number(a, index, i, k, turn_a) * number(b, index, k, j, turn_b);
    result = sum;
    if (out.type != Type::float32) {
      const Factor factor = quantize_factor(double{a.scale() * b.scale()} / out.scale());
      const double q = out.type == Type::int16 ? multiply_wide(sum, factor) : multiply(sum, factor);
      result = clamp(q + out.zero_point(), lowest(out.type), highest(out.type));
    }
    for (size_t d = index.size(); d-- > 0;) {
      if (++index[d] < out.shape[d]) break;
      index[d] = 0;
    }
  }
}

const Register registered("BATCH_MATMUL", draw, define);

}  // namespace
}  // namespace inkling::naive
