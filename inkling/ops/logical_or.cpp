// LOGICAL_OR of bool with broadcasting.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {

const Op logical_or = {"LOGICAL_OR", 84, prepare_logical<Types::any, Or>};
const Op int8::logical_or = {"LOGICAL_OR", 84, prepare_logical<Types::int8, Or>};
const Op int16::logical_or = {"LOGICAL_OR", 84, prepare_logical<Types::int16, Or>};
const Op float32::logical_or = {"LOGICAL_OR", 84, prepare_logical<Types::float32, Or>};

}  // namespace inkling::ops
