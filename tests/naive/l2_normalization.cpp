// L2_NORMALIZATION: each row over its length; int8 in steps of 1/128.
#include "tests/naive/elementwise.h"
#include "tests/naive/inverse_root.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const Type type = random.one_of({Type::int8, Type::float32});
  Case c = draw_unary(random, type, type);
  if (type == Type::float32)
    for (double& x : c.inputs[0].v)
      if (x == 0) x = 1;
  c.options = Options("L2NormOptions");
  c.tolerance = 1e-5;
  return c;
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  const auto depth = static_cast<size_t>(in.shape.back());
  for (size_t i = 0; i < in.v.size(); ++i) {
    double sum = 0;
    for (size_t k = i - i % depth; k < i - i % depth + depth; ++k)
      sum += centred(in, in.v[k]) * centred(in, in.v[k]);
    if (in.type == Type::float32) {
      c.outputs[0].v[i] = in.v[i] / std::sqrt(sum);
    } else {
      const Factor root = inverse_root(static_cast<int32_t>(sum));
      c.outputs[0].v[i] = clamp(multiply(centred(in, in.v[i]), {root.q, root.shift + 7}), -128, 127);
    }
  }
}

const Register registered("L2_NORMALIZATION", draw, define);

}  // namespace
}  // namespace inkling::naive
