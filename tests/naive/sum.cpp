// SUM: all numbers added.
#include "tests/naive/reduction.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_sum(random, true);
}

void define(Case& c) {
  define_sum(c, false);
}

const Register registered("SUM", draw, define);

}  // namespace
}  // namespace inkling::naive
