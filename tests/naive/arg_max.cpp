// ARG_MAX: where along the axis the largest number is, the first of equal ones.
#include "tests/naive/reduction.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_arg(random, "ArgMaxOptions");
}

void define(Case& c) {
  define_reduction(c, [](const std::vector<double>& x) {
    return static_cast<double>(std::max_element(x.begin(), x.end()) - x.begin());
  });
}

const Register registered("ARG_MAX", draw, define);

}  // namespace
}  // namespace inkling::naive
