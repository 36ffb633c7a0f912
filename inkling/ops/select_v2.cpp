// SELECT_V2 with broadcasting of all three inputs: any type of 1, 2, 4 or 8 bytes.
#include "inkling/ops.h"
#include "inkling/prepare/select.h"

namespace inkling::ops {

const Op select_v2 = {"SELECT_V2", 123, prepare_select};
const Op int8::select_v2 = {"SELECT_V2", 123, prepare_select};
const Op int16::select_v2 = {"SELECT_V2", 123, prepare_select};
const Op float32::select_v2 = {"SELECT_V2", 123, prepare_select};

}  // namespace inkling::ops
