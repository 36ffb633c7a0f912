// Geometry of blocks: one or two dimensions behind the batch.
#include "inkling/prepare/blocks.h"

#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling {

Status prepare_blocks(Prepare& c, const Tensor& space, const Tensor& grid, BlocksParams* params) {
  const int32_t rank = space.shape.size;
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, c.input(0), c.output(0), &element_bytes));
  if (rank < 2 || grid.shape.size != rank)
    return c.fail(Status::bad_shape, "input and output differ in rank", grid.shape.size, rank);
  Indices blocks, pads;
  TRY(constant_indices(c, c.input(1), &blocks));
  if (blocks.size < 1 || blocks.size > 2 || blocks.size >= rank)
    return c.fail(Status::unsupported, "blocks must have one or two dimensions", blocks.size, 2);
  TRY(constant_indices(c, c.input(2), 2 * blocks.size, &pads));
  BlockAxis axes[2] = {{1, 1, 1, 0}, {1, 1, 1, 0}};
  int64_t n_grid = space.shape[0];
  for (int32_t i = 0; i < blocks.size; ++i) {
    const int32_t block = blocks[i], before = pads[2 * i], after = pads[2 * i + 1];
    if (block < 1 || block > kMaxCopyBytes || before < 0 || after < 0)
      return c.fail(Status::bad_value, "a block or a pad is out of range", block, before);
    const int64_t padded = int64_t{space.shape[i + 1]} + before + after;
    if (padded != int64_t{block} * grid.shape[i + 1])
      return c.fail(Status::bad_shape, "the blocks do not tile the padded dimension",
                    static_cast<int32_t>(padded < INT32_MAX ? padded : INT32_MAX), block);
    axes[i] = {space.shape[i + 1], block, grid.shape[i + 1], before};
    n_grid *= block;
    if (n_grid > grid.shape[0]) break;
  }
  if (n_grid != grid.shape[0])
    return c.fail(Status::bad_shape, "the batches do not fit the blocks", grid.shape[0], space.shape[0]);
  for (int32_t d = blocks.size + 1; d < rank; ++d)
    if (space.shape[d] != grid.shape[d])
      return c.fail(Status::bad_shape, "input and output differ in depth", space.shape[d], grid.shape[d]);
  params->n = space.shape[0];
  params->height = axes[0];
  params->width = axes[1];
  const bool empty = space.n_elements == 0 || grid.n_elements == 0;
  if (empty) params->height.block = 0;  // no place in a block: nothing is copied
  params->run_bytes = empty ? 0 : element_bytes * count_between(space.shape, blocks.size + 1, rank);
  params->fill_bytes = element_bytes;
  return Status::ok;
}

Status prepare_depth(Prepare& c, bool to_space) {
  TRY(c.expect(1, 1, 1));
  const Tensor input = c.input(0), output = c.output(0);
  int32_t bytes = 0;
  TRY(require_same_bytes(c, input, output, &bytes));
  if (input.shape.size != 4 || output.shape.size != 4)
    return c.fail(Status::bad_shape, "input and output must have rank 4", input.shape.size, 4);
  const auto block = c.option<int32_t>(0, 0);
  if (block < 1 || block > INT16_MAX)
    return c.fail(Status::bad_value, "the block's size is out of range", block, INT16_MAX);
  const Tensor &space = to_space ? output : input, &depth = to_space ? input : output;
  const int64_t height = int64_t{depth.shape[1]} * block, width = int64_t{depth.shape[2]} * block;
  const int64_t channels = int64_t{space.shape[3]} * block * block;
  if (space.shape[0] != depth.shape[0] || space.shape[1] != height || space.shape[2] != width ||
      depth.shape[3] != channels)
    return c.fail(Status::bad_shape, "the output's shape does not fit the block", output.shape[3], block);
  if (output.n_elements == 0) return run_nothing(c);
  const Strides s(space.shape, bytes), d(depth.shape, bytes);
  const CopyAxis axes[] = {{depth.shape[0], d.of[0], s.of[0]}, {depth.shape[1], d.of[1], block * s.of[1]},
                           {block, block * s.of[2], s.of[1]},  {depth.shape[2], d.of[2], block * s.of[2]},
                           {block, s.of[2], s.of[2]},          {space.shape[3], bytes, bytes}};
  CopyPlan plan(bytes);
  for (const CopyAxis& a : axes)
    plan.add(a.n, to_space ? a.from_stride : a.to_stride, to_space ? a.to_stride : a.from_stride);
  return run_copy(c, &plan);
}

}  // namespace inkling
