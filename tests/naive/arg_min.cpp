// ARG_MIN: where along the axis the smallest number is, the first of equal ones.
#include "tests/naive/reduction.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_arg(random, "ArgMinOptions");
}

void define(Case& c) {
  define_reduction(c, [](const std::vector<double>& x) {
    return static_cast<double>(std::min_element(x.begin(), x.end()) - x.begin());
  });
}

const Register registered("ARG_MIN", draw, define);

}  // namespace
}  // namespace inkling::naive
