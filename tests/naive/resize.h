// Resizes of [batch, height, width, channels].
#pragma once
#include "tests/naive/movement.h"

namespace inkling::naive {

/// A picture like `in` and one of another size, smaller or larger.
inline Case draw_resize(Random& random, const Operand& in, const std::string& options) {
  const auto pixels = [&] { return random.integer(1, 9); };
  const int32_t batches = random.integer(1, 2), height = pixels(), width = pixels();
  Case c;
  c.inputs = {shaped_like(in, {batches, pixels(), pixels(), random.integer(1, 5)}),
              constant(list(random, {height, width}))};
  fill(random, c.inputs[0]);
  c.outputs = {shaped_like(in, {batches, height, width, c.inputs[0].dim(3)})};
  c.options = Options(options).set("align_corners", random.one_in(3));
  c.options.set("half_pixel_centers", random.one_in(3));
  return c;
}

/// Input pixels for one step of the output, in float32: from corner to corner or from edge to edge.
inline float steps_of(const Case& c, size_t dim) {
  const int32_t in = c.inputs[0].dim(dim), out = c.outputs[0].dim(dim);
  if (c.option("align_corners") != 0 && out > 1)
    return static_cast<float>(in - 1) / static_cast<float>(out - 1);
  return static_cast<float>(in) / static_cast<float>(out);
}

}  // namespace inkling::naive
