// RESIZE_NEAREST_NEIGHBOR of any type.
#include "inkling/ops.h"
#include "inkling/prepare/resize.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { align_corners, half_pixel_centers };

void eval(const void* params, const Io& io) {
  nearest_neighbor(*static_cast<const ResizeParams*>(params), io.in<void>(0), io.out<void>(0),
                   io.scratch<int32_t>());
}

Status prepare(Prepare& c) {
  TRY(prepare_resize(c, c.option<uint8_t>(align_corners, 0) != 0,
                     c.option<uint8_t>(half_pixel_centers, 0) != 0, sizeof(int32_t)));
  return c.run_with<eval>();
}

}  // namespace

const Op resize_nearest_neighbor = {"RESIZE_NEAREST_NEIGHBOR", 97, prepare};
const Op int8::resize_nearest_neighbor = {"RESIZE_NEAREST_NEIGHBOR", 97, prepare};
const Op int16::resize_nearest_neighbor = {"RESIZE_NEAREST_NEIGHBOR", 97, prepare};
const Op float32::resize_nearest_neighbor = {"RESIZE_NEAREST_NEIGHBOR", 97, prepare};

}  // namespace inkling::ops
