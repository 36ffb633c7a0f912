// RESIZE_BILINEAR: int8 in integers, float32.
#include "inkling/ops.h"
#include "inkling/prepare/resize.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { new_height, new_width, align_corners, half_pixel_centers };

template <class T, class Fraction>
void eval(const void* params, const Io& io) {
  bilinear(*static_cast<const ResizeParams*>(params), io.in<T>(0), io.out<T>(0), io.scratch<Tap<Fraction>>());
}

template <Types types>
Status prepare(Prepare& c) {
  const bool corners = c.option<uint8_t>(align_corners, 0) != 0;
  const bool centers = c.option<uint8_t>(half_pixel_centers, 0) != 0;
  if (corners && centers)
    return c.fail(Status::bad_value, "align_corners and half_pixel_centers exclude each other", 1, 0);
  static_assert(sizeof(Tap<float>) == sizeof(Tap<int32_t>), "the scratch serves both");
  TRY(prepare_resize(c, corners, centers, sizeof(Tap<float>)));
  const Type type = c.input(0).type;
  if (carries(types, Type::int8) && type == Type::int8) return c.run_with<eval<int8_t, int32_t>>();
  if (carries(types, Type::float32) && type == Type::float32) return c.run_with<eval<float, float>>();
  return c.no_kernel(type);
}

}  // namespace

const Op resize_bilinear = {"RESIZE_BILINEAR", 23, prepare<Types::any>};
const Op int8::resize_bilinear = {"RESIZE_BILINEAR", 23, prepare<Types::int8>};
const Op int16::resize_bilinear = {"RESIZE_BILINEAR", 23, prepare<Types::int16>};
const Op float32::resize_bilinear = {"RESIZE_BILINEAR", 23, prepare<Types::float32>};

}  // namespace inkling::ops
