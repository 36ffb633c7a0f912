// REDUCE_ANY: whether one is true.
#include "tests/naive/reduction.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_reduction(random, tensor(Type::boolean, {}), Type::boolean);
}

void define(Case& c) {
  define_reduction(c, [](const std::vector<double>& x) { return std::count(x.begin(), x.end(), 1) > 0; });
}

const Register registered("REDUCE_ANY", draw, define);

}  // namespace
}  // namespace inkling::naive
