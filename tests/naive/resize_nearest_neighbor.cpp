// RESIZE_NEAREST_NEIGHBOR: each output pixel is one of the input. Its position is computed in float32.
#include "tests/naive/resize.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c = draw_resize(random, movable(random, {1}), "ResizeNearestNeighborOptions");
  return c;
}

int32_t nearest(const Case& c, size_t dim, int32_t i) {
  const float steps = steps_of(c, dim),
              place = static_cast<float>(i) + (c.option("half_pixel_centers") != 0 ? 0.5f : 0.0f);
  const float at = place * steps;
  return std::min(static_cast<int32_t>(c.option("align_corners") != 0 ? std::round(at) : std::floor(at)),
                  c.inputs[0].dim(dim) - 1);
}

void define(Case& c) {
  define_each(c.outputs[0], [&](const Index& i) {
    return c.inputs[0].at({i[0], nearest(c, 1, i[1]), nearest(c, 2, i[2]), i[3]});
  });
}

const Register registered("RESIZE_NEAREST_NEIGHBOR", draw, define);

}  // namespace
}  // namespace inkling::naive
