// AVERAGE_POOL_2D: int8, int16, uint8, float32.
#include "inkling/ops.h"
#include "inkling/prepare/pooling.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = PreparePool<types, AveragePool>::prepare;

}  // namespace

const Op average_pool_2d = {"AVERAGE_POOL_2D", 1, prepare<Types::any>};
const Op int8::average_pool_2d = {"AVERAGE_POOL_2D", 1, prepare<Types::int8>};
const Op int16::average_pool_2d = {"AVERAGE_POOL_2D", 1, prepare<Types::int16>};
const Op float32::average_pool_2d = {"AVERAGE_POOL_2D", 1, prepare<Types::float32>};

}  // namespace inkling::ops
