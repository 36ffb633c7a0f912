// NEG: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

float negative(float x) {
  return -x;
}

template <Types types>
constexpr auto prepare = prepare_float_map<types, negative>;

}  // namespace

const Op neg = {"NEG", 59, prepare<Types::any>};
const Op int8::neg = {"NEG", 59, prepare<Types::int8>};
const Op int16::neg = {"NEG", 59, prepare<Types::int16>};
const Op float32::neg = {"NEG", 59, prepare<Types::float32>};

}  // namespace inkling::ops
