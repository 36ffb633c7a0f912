// MEAN: int8 and int16 quantized, float32.
#include "inkling/ops.h"
#include "inkling/prepare/reduce.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = PrepareSum<types, true>::prepare;

}  // namespace

const Op mean = {"MEAN", 40, prepare<Types::any>};
const Op int8::mean = {"MEAN", 40, prepare<Types::int8>};
const Op int16::mean = {"MEAN", 40, prepare<Types::int16>};
const Op float32::mean = {"MEAN", 40, prepare<Types::float32>};

}  // namespace inkling::ops
