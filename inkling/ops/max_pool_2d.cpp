// MAX_POOL_2D: int8, int16, uint8, float32.
#include "inkling/ops.h"
#include "inkling/prepare/pooling.h"

namespace inkling::ops {
namespace {

template <Types types>
constexpr auto prepare = PreparePool<types, MaxPool>::prepare;

}  // namespace

const Op max_pool_2d = {"MAX_POOL_2D", 17, prepare<Types::any>};
const Op int8::max_pool_2d = {"MAX_POOL_2D", 17, prepare<Types::int8>};
const Op int16::max_pool_2d = {"MAX_POOL_2D", 17, prepare<Types::int16>};
const Op float32::max_pool_2d = {"MAX_POOL_2D", 17, prepare<Types::float32>};

}  // namespace inkling::ops
