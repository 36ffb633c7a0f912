// SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: which pixel of the space is which of the grid.
#pragma once
#include "tests/naive/movement.h"

namespace inkling::naive {

/// Blocks over one or two dimensions with pads (crops) that fill up the last block.
inline Case draw_blocks(Random& random, bool to_grid) {
  const int32_t n = random.integer(1, 2), n_dims = random.integer(1, 2);
  Index space = {n}, grid = {n}, blocks, pads;
  for (int32_t i = 0; i < n_dims; ++i) {
    const int32_t block = random.integer(1, 3), pixels = random.integer(1, 4);
    const int32_t total = random.integer(0, std::min(3, block * pixels - 1)),
                  before = random.integer(0, total);
    blocks.push_back(block);
    pads.insert(pads.end(), {before, total - before});
    space.push_back(block * pixels - total);
    grid.push_back(pixels);
    grid[0] *= block;
  }
  for (Index* shape : {&space, &grid}) shape->push_back(0);
  space.back() = grid.back() = random.integer(1, 5);
  Case c;
  Operand in = movable(random, to_grid ? space : grid);
  if (in.type == Type::int8) {
    in.scales = {0.5f};
    in.zero_points = {random.integer(-128, 127)};
  }
  c.inputs = {in, constant(list(random, blocks)), constant(list(random, pads))};
  c.inputs[2].shape = {n_dims, 2};
  c.outputs = {shaped_like(in, to_grid ? grid : space)};
  return c;
}

/// The pixel of the space at an index of the grid; outside in the pads.
inline Index pixel_of(const Case& c, Index index, int32_t n) {
  int32_t place = index[0] / n;
  index[0] %= n;
  for (size_t i = c.inputs[1].v.size(); i-- > 0;) {
    const auto block = static_cast<int32_t>(c.inputs[1].v[i]),
               before = static_cast<int32_t>(c.inputs[2].v[2 * i]);
    index[i + 1] = index[i + 1] * block + place % block - before;
    place /= block;
  }
  return index;
}

}  // namespace inkling::naive
