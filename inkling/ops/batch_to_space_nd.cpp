// BATCH_TO_SPACE_ND of any type over one or two dimensions, with crops.
#include "inkling/ops.h"
#include "inkling/prepare/blocks.h"

namespace inkling::ops {
namespace {

void eval(const void* params, const Io& io) {
  move_blocks(*static_cast<const BlocksParams*>(params), false, io.in<void>(0), io.out<void>(0));
}

Status prepare(Prepare& c) {
  TRY(c.expect(3, 3, 1));
  TRY(prepare_blocks(c, c.output(0), c.input(0), &c.params<BlocksParams>()));
  return c.run_with<eval>();
}

}  // namespace

const Op batch_to_space_nd = {"BATCH_TO_SPACE_ND", 37, prepare};
const Op int8::batch_to_space_nd = {"BATCH_TO_SPACE_ND", 37, prepare};
const Op int16::batch_to_space_nd = {"BATCH_TO_SPACE_ND", 37, prepare};
const Op float32::batch_to_space_nd = {"BATCH_TO_SPACE_ND", 37, prepare};

}  // namespace inkling::ops
