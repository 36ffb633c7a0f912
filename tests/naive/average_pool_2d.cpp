// AVERAGE_POOL_2D: the mean of what lies inside the window; integers round halves away from zero.
#include "tests/naive/window.h"

namespace inkling::naive {
namespace {

void define(Case& c) {
  const bool is_float = c.outputs[0].type == Type::float32;
  define_pool(c, [&](const std::vector<double>& numbers) {
    double sum = 0;
    for (const double x : numbers) sum += x;
    const double mean = sum / static_cast<double>(numbers.size());
    return is_float ? mean : std::round(mean);
  });
}

const Register registered("AVERAGE_POOL_2D", draw_pool, define);

}  // namespace
}  // namespace inkling::naive
