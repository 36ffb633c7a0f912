// ELU, x or exp(x) - 1 below 0: float32, int8.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

float elu_of(float x) {
  return x < 0.0f ? exp_minus_one_float(x) : x;
}

template <Types types>
constexpr auto prepare = prepare_map<types, elu_of>;

}  // namespace

const Op elu = {"ELU", 111, prepare<Types::any>};
const Op int8::elu = {"ELU", 111, prepare<Types::int8>};
const Op int16::elu = {"ELU", 111, prepare<Types::int16>};
const Op float32::elu = {"ELU", 111, prepare<Types::float32>};

}  // namespace inkling::ops
