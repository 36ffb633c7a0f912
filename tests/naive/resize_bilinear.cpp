// RESIZE_BILINEAR: each output pixel is mixed from the four around its place in the input. int8: places are
// in steps of 1/1024.
#include "tests/naive/resize.h"

namespace inkling::naive {
namespace {

Case draw(Random& random) {
  Case c =
      draw_resize(random, tensor(random.one_of({Type::int8, Type::float32}), {1}), "ResizeBilinearOptions");
  if (c.option("half_pixel_centers") != 0) c.options.set("align_corners", 0);
  c.tolerance = 1e-6;
  return c;
}

// A place between two pixels: `part` of the way from the first to the second.
template <class T>
struct Place {
  int32_t first, second;
  T part;
};

Place<float> real_place(const Case& c, size_t dim, int32_t i) {
  const auto x = static_cast<float>(i);
  const float at =
      c.option("half_pixel_centers") != 0 ? (x + 0.5f) * steps_of(c, dim) - 0.5f : x * steps_of(c, dim);
  const int32_t last = c.inputs[0].dim(dim) - 1, first = std::max(static_cast<int32_t>(std::floor(at)), 0);
  return {first, std::min(static_cast<int32_t>(std::ceil(at)), last), at - static_cast<float>(first)};
}

Place<int64_t> whole_place(const Case& c, size_t dim, int32_t i) {
  int32_t in = c.inputs[0].dim(dim), out = c.outputs[0].dim(dim);
  const int32_t last = in - 1;
  if (c.option("align_corners") != 0 && out > 1) --in, --out;
  const int32_t steps = (1024 * in + out / 2) / out;
  const int32_t at = c.option("half_pixel_centers") != 0 ? i * steps + steps / 2 - 512 : i * steps;
  const int32_t first = std::max(at / 1024, 0);
  return {first, std::min((at + 1023) / 1024, last), at - 1024 * first};
}

// The four pixels weighed by `unit` minus the parts and the parts.
template <class T>
T mix(const Case& c, const Index& i, const Place<T>& y, const Place<T>& x, T unit) {
  const auto pixel = [&](int32_t row, int32_t column) {
    return static_cast<T>(c.inputs[0].at({i[0], row, column, i[3]}));
  };
  return pixel(y.first, x.first) * (unit - y.part) * (unit - x.part) +
         pixel(y.second, x.first) * y.part * (unit - x.part) +
         pixel(y.first, x.second) * (unit - y.part) * x.part + pixel(y.second, x.second) * y.part * x.part;
}

void define(Case& c) {
  define_each(c.outputs[0], [&](const Index& i) {
    if (c.inputs[0].type == Type::float32)
      return double{mix(c, i, real_place(c, 1, i[1]), real_place(c, 2, i[2]), 1.0f)};
    const int64_t sum = mix(c, i, whole_place(c, 1, i[1]), whole_place(c, 2, i[2]), int64_t{1024});
    return std::round(std::ldexp(static_cast<double>(sum), -20));
  });
}

const Register registered("RESIZE_BILINEAR", draw, define);

}  // namespace
}  // namespace inkling::naive
