// BATCH_TO_SPACE_ND: pixels go back to where SPACE_TO_BATCH_ND took them; what lies in the crops is lost.
#include "tests/naive/blocks.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  return draw_blocks(random, false);
}

void define(Case& c) {
  Operand& out = c.outputs[0];
  for_each_index(c.inputs[0].shape, [&](const Index& index) {
    const Index pixel = pixel_of(c, index, out.dim(0));
    for (size_t i = 1; i < pixel.size(); ++i)
      if (pixel[i] < 0 || pixel[i] >= out.shape[i]) return;
    out.at(pixel) = c.inputs[0].at(index);
  });
}

const Register registered("BATCH_TO_SPACE_ND", draw, define);

}  // namespace
}  // namespace inkling::naive
