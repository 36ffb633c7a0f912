// REDUCE_ALL: whether all are true.
#include "tests/naive/reduction.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_reduction(random, tensor(Type::boolean, {}), Type::boolean);
}

void define(Case& c) {
  define_reduction(c, [](const std::vector<double>& x) { return std::count(x.begin(), x.end(), 0) == 0; });
}

const Register registered("REDUCE_ALL", draw, define);

}  // namespace
}  // namespace inkling::naive
