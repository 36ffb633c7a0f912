// L2_POOL_2D: the root of the mean of squares of what lies inside the window.
#include "tests/naive/window.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_pool(random, Type::float32);
}

void define(Case& c) {
  define_pool(c, [](const std::vector<double>& numbers) {
    double sum = 0;
    for (const double x : numbers) sum += x * x;
    return std::sqrt(sum / static_cast<double>(numbers.size()));
  });
}

const Register registered("L2_POOL_2D", draw, define);

}  // namespace
}  // namespace inkling::naive
