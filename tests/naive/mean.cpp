// MEAN: the sum divided by how many there are.
#include "tests/naive/reduction.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_sum(random, false);
}

void define(Case& c) {
  define_sum(c, true);
}

const Register registered("MEAN", draw, define);

}  // namespace
}  // namespace inkling::naive
