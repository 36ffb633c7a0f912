// The names of the schema's operators.
#pragma once
#include <cstdint>

namespace inkling::host {

/// The name of a BuiltinOperator ("CONV_2D"), "" for codes that the schema does not have.
const char* builtin_name(int32_t code);

}  // namespace inkling::host
