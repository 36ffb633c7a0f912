// LOGICAL_AND of bool with broadcasting.
#include "inkling/ops.h"
#include "inkling/prepare/binary.h"

namespace inkling::ops {

const Op logical_and = {"LOGICAL_AND", 86, prepare_logical<Types::any, And>};
const Op int8::logical_and = {"LOGICAL_AND", 86, prepare_logical<Types::int8, And>};
const Op int16::logical_and = {"LOGICAL_AND", 86, prepare_logical<Types::int16, And>};
const Op float32::logical_and = {"LOGICAL_AND", 86, prepare_logical<Types::float32, And>};

}  // namespace inkling::ops
