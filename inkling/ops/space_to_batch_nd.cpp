// SPACE_TO_BATCH_ND of any type over one or two dimensions; pads are the output's zero point.
#include "inkling/kernels/pad.h"
#include "inkling/ops.h"
#include "inkling/prepare/blocks.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  const auto& p = *static_cast<const BlocksParams*>(params);
  fill_values(io.out<void>(0), &p.fill, p.fill_bytes, p.n_fills);
  move_blocks(p, true, io.in<void>(0), io.out<void>(0));
}

Status prepare(Prepare& c) {
  TRY(c.expect(3, 3, 1));
  const Tensor input = c.input(0), output = c.output(0);
  auto& p = c.params<BlocksParams>();
  TRY(prepare_blocks(c, input, output, &p));
  if (p.fill_bytes <= 2) p.fill = output.zero_point();
  if (p.fill_bytes > 4) p.fill_bytes = 4;  // zeros
  p.n_fills = output.n_bytes / p.fill_bytes;
  return c.run_with<eval>();
}

}  // namespace

const Op space_to_batch_nd = {"SPACE_TO_BATCH_ND", 38, prepare};
const Op int8::space_to_batch_nd = {"SPACE_TO_BATCH_ND", 38, prepare};
const Op int16::space_to_batch_nd = {"SPACE_TO_BATCH_ND", 38, prepare};
const Op float32::space_to_batch_nd = {"SPACE_TO_BATCH_ND", 38, prepare};

}  // namespace inkling::ops
