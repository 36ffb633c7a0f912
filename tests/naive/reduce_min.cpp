// REDUCE_MIN: the smallest number.
#include "tests/naive/reduction.h"

namespace inkling::naive {
namespace {

void define(Case& c) {
  define_reduction(c, [](const std::vector<double>& x) { return *std::min_element(x.begin(), x.end()); });
}

const Register registered("REDUCE_MIN", draw_extreme, define);

}  // namespace
}  // namespace inkling::naive
