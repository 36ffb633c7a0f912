// SPACE_TO_BATCH_ND: batch p * n + b of the output has every block-th pixel of padded batch b, from place p
// of the block on.
#include "tests/naive/blocks.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_blocks(random, true);
}

void define(Case& c) {
  const Operand& in = c.inputs[0];
  define_each(c.outputs[0], [&](const Index& index) {
    const Index pixel = pixel_of(c, index, in.dim(0));
    for (size_t i = 1; i < pixel.size(); ++i)
      if (pixel[i] < 0 || pixel[i] >= in.shape[i]) return in.zero_points.empty() ? 0.0 : in.zero_point();
    return in.at(pixel);
  });
}

const Register registered("SPACE_TO_BATCH_ND", draw, define);

}  // namespace
}  // namespace inkling::naive
