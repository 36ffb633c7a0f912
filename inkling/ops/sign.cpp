// SIGN: -1, 0 or 1; float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

float sign_of(float x) {
  return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x;
}

template <Types types>
constexpr auto prepare = prepare_float_map<types, sign_of>;

}  // namespace

const Op sign = {"SIGN", 158, prepare<Types::any>};
const Op int8::sign = {"SIGN", 158, prepare<Types::int8>};
const Op int16::sign = {"SIGN", 158, prepare<Types::int16>};
const Op float32::sign = {"SIGN", 158, prepare<Types::float32>};

}  // namespace inkling::ops
