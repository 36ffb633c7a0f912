// Geometry of a resize. The output's shape counts; constant sizes must agree with it.
#include "inkling/prepare/resize.h"

#include "inkling/prepare/indices.h"
#include "inkling/prepare/strided_copy.h"

namespace inkling {
namespace {

// So that a position times 1024 stays within 31 bits.
constexpr int32_t kMaxPixels = 1 << 20;

}  // namespace

Status prepare_resize(Prepare& c, bool align_corners, bool half_pixel_centers, int32_t column_bytes) {
  TRY(c.expect(2, 2, 1));
  const Tensor input = c.input(0), size = c.input(1), output = c.output(0);
  int32_t element_bytes = 0;
  TRY(require_same_bytes(c, input, output, &element_bytes));
  if (input.shape.size != 4 || output.shape.size != 4)
    return c.fail(Status::bad_shape, "input and output must have rank 4", input.shape.size, 4);
  if (input.dim(0) != output.dim(0) || input.dim(3) != output.dim(3))
    return c.fail(Status::bad_shape, "a resize keeps batches and channels", output.dim(3), input.dim(3));
  TRY(require_index_type(c, size));
  if (size.n_elements != 2)
    return c.fail(Status::bad_shape, "the size must be two numbers", size.n_elements, 2);
  if (size.is_constant) {
    Indices sizes;
    TRY(constant_indices(c, size, 2, &sizes));
    for (int32_t i = 0; i < 2; ++i)
      if (sizes[i] != output.dim(i + 1))
        return c.fail(Status::bad_shape, "the output does not have the size asked for", output.dim(i + 1),
                      sizes[i]);
  }
  for (int32_t i = 1; i < 3; ++i) {
    const int32_t larger = input.dim(i) > output.dim(i) ? input.dim(i) : output.dim(i);
    if (larger > kMaxPixels) return c.fail(Status::bad_shape, "a picture is too large", larger, kMaxPixels);
  }
  if (input.n_elements == 0 && output.n_elements > 0)
    return c.fail(Status::bad_shape, "the input has no elements", 0, output.n_elements);
  const int32_t batches = output.n_elements == 0 ? 0 : output.dim(0);
  c.params<ResizeParams>() = {
      batches,       input.dim(1),  input.dim(2),  output.dim(1),     batches == 0 ? 0 : output.dim(2),
      output.dim(3), element_bytes, align_corners, half_pixel_centers};
  c.request_scratch(output.dim(2) * column_bytes);
  return Status::ok;
}

}  // namespace inkling
