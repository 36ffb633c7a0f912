// GELU, x times the share of a normal distribution below x, or its approximation by TANH: float32, int8.
#include "inkling/ops.h"
#include "inkling/prepare/unary.h"

namespace inkling::ops {
namespace {

enum Option : int32_t { approximate };

float gelu_of(float x) {
  return x * normal_share_float(x);
}

// 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))); (1 + tanh(y)) / 2 is 1 / (1 + exp(-2 y)).
float approximate_gelu_of(float x) {
  return x / (1.0f + exp_float(-1.59576912f * (x + 0.044715f * x * x * x)));
}

template <Types types>
Status prepare(Prepare& c) {
  return c.option(approximate, false) ? prepare_map<types, approximate_gelu_of>(c)
                                      : prepare_map<types, gelu_of>(c);
}

}  // namespace

const Op gelu = {"GELU", 150, prepare<Types::any>};
const Op int8::gelu = {"GELU", 150, prepare<Types::int8>};
const Op int16::gelu = {"GELU", 150, prepare<Types::int16>};
const Op float32::gelu = {"GELU", 150, prepare<Types::float32>};

}  // namespace inkling::ops
