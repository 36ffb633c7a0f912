// What operators of two inputs with a fused activation share.
#pragma once
#include "tests/naive/binary.h"

namespace inkling::naive {

/// f(x, y) limited by the fused activation where numbers stand for themselves: float32, and int32, which
/// wraps around. f takes doubles or int64s. Returns false, without an output, where they are quantized.
template <class F>
bool define_plain(Case& c, F f) {
  const Type type = c.outputs[0].type;
  if (bits_of(type) != 32) return false;
  const Bounds b = activation_bounds(c.option("fused_activation_function"), tensor(Type::float32, {}));
  define_binary(c, [&](double x, double y) {
    if (type == Type::float32) return clamp(f(x, y), b.low, b.high);
    const int32_t wrapped = shift_left(f(static_cast<int64_t>(x), static_cast<int64_t>(y)), 0);
    return clamp(wrapped, std::max(b.low, lowest(type)), std::min(b.high, highest(type)));
  });
  return true;
}

}  // namespace inkling::naive
