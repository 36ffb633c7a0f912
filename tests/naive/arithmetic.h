// What operators of two inputs with a fused activation share.
#pragma once
#include "tests/naive/binary.h"

namespace inkling::naive {

/// The numbers that the fused activation of int32 and float32, which stand for themselves, lets through.
inline Bounds plain_bounds(const Case& c) {
  const Bounds b = activation_bounds(c.option("fused_activation_function"), tensor(Type::float32, {}));
  if (c.outputs[0].type == Type::float32) return b;
  return {std::max(b.low, lowest(Type::int32)), std::min(b.high, highest(Type::int32))};
}

}  // namespace inkling::naive
