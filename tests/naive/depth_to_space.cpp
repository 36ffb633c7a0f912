// DEPTH_TO_SPACE: the channels of a pixel are a block of pixels, row by row.
#include "tests/naive/movement.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  const int32_t block = random.integer(1, 3), n = random.integer(1, 2), h = random.integer(1, 3);
  const int32_t w = random.integer(1, 3), depth = random.integer(1, 4);
  Case c;
  c.inputs = {movable(random, {n, h, w, block * block * depth})};
  c.outputs = {shaped_like(c.inputs[0], {n, h * block, w * block, depth})};
  c.options = Options("DepthToSpaceOptions").set("block_size", block);
  return c;
}

void define(Case& c) {
  const auto block = static_cast<int32_t>(c.option("block_size"));
  const int32_t depth = c.outputs[0].dim(3);
  define_each(c.outputs[0], [&](const Index& i) {
    const int32_t place = i[1] % block * block + i[2] % block;
    return c.inputs[0].at({i[0], i[1] / block, i[2] / block, place * depth + i[3]});
  });
}

const Register registered("DEPTH_TO_SPACE", draw, define);

}  // namespace
}  // namespace inkling::naive
