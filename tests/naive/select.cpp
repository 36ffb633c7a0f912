// SELECT and SELECT_V2: x where the condition holds, else y.
#include "tests/naive/binary.h"
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = draw_movable_type(random);
  const std::vector<int32_t> full = draw_shape(random);
  Case c;
  for (int32_t i = 0; i < 3; ++i)
    c.inputs.push_back(
        tensor(i == 0 ? Type::boolean : type, random.one_in(2) ? full : draw_part(random, full)));
  for (Operand& input : c.inputs) fill(random, input);
  std::vector<int32_t> shape = broadcast(c.inputs[0].shape, c.inputs[1].shape);
  c.outputs = {tensor(type, broadcast(shape, c.inputs[2].shape))};
  c.options = Options("SelectV2Options");
  return c;
}

// SELECT also takes a condition for each slice of the first dimension.
Case draw_slices(Random& random) {
  Case c = draw(random);
  c.options = Options("SelectOptions");
  if (random.one_in(2)) {
    const std::vector<int32_t> shape = {random.integer(2, 5), random.integer(1, 4), random.integer(1, 4)};
    for (Operand& t : c.inputs) t = tensor(t.type, shape);
    c.inputs[0].shape = {shape[0]};
    c.inputs[0].v.resize(static_cast<size_t>(shape[0]));
    for (Operand& t : c.inputs) fill(random, t);
    c.outputs = {tensor(c.inputs[1].type, shape)};
  } else if (c.inputs[0].shape.size() == 1 && c.outputs[0].shape.size() > 1) {
    c.inputs[0].shape.insert(c.inputs[0].shape.begin(), 1);
  }
  return c;
}

void define(Case& c) {
  Operand& out = c.outputs[0];
  const bool slices = c.inputs[0].shape.size() == 1 && out.shape.size() > 1;
  std::vector<int32_t> index(out.shape.size());
  for (double& result : out.v) {
    const auto at = [&](const Operand& t) { return t.at(index_within(t.shape, index)); };
    const double condition =
        slices && out.shape[0] == c.inputs[0].dim(0) ? c.inputs[0].at({index[0]}) : at(c.inputs[0]);
    result = condition != 0 ? at(c.inputs[1]) : at(c.inputs[2]);
    for (size_t i = index.size(); i-- > 0;) {
      if (++index[i] < out.shape[i]) break;
      index[i] = 0;
    }
  }
}

void define_v2(Case& c) {
  if (c.inputs[0].shape.size() < c.outputs[0].shape.size())
    c.inputs[0].shape.insert(c.inputs[0].shape.begin(), 1);
  define(c);
}

const Register select_v2("SELECT_V2", draw, define_v2);
const Register select("SELECT", draw_slices, define);

}  // namespace
}  // namespace inkling::naive
