// MAX_POOL_2D: the largest number inside the window.
#include "tests/naive/window.h"

namespace inkling::naive {
namespace {

void define(Case& c) {
  define_pool(c, [](const std::vector<double>& numbers) {
    return *std::max_element(numbers.begin(), numbers.end());
  });
}

const Register registered("MAX_POOL_2D", draw_pool, define);

}  // namespace
}  // namespace inkling::naive
