// SQUARE: float32.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

float square_of(float x) {
  return x * x;
}

template <Types types>
constexpr auto prepare = prepare_float_map<types, square_of>;

}  // namespace

const Op square = {"SQUARE", 92, prepare<Types::any>};
const Op int8::square = {"SQUARE", 92, prepare<Types::int8>};
const Op int16::square = {"SQUARE", 92, prepare<Types::int16>};
const Op float32::square = {"SQUARE", 92, prepare<Types::float32>};

}  // namespace inkling::ops
