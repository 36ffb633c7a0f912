// The names of the schema's operators.
#pragma once
#include <cstdint>
#include <string>

#include "inkling/format/model.h"

namespace inkling::host {

/// The name of a BuiltinOperator ("CONV_2D"), "" for codes that the schema does not have.
const char* builtin_name(int32_t code);

/// What an operator is called: the name of its code, a custom operator's own name, or "code N".
std::string operator_name(const Operator& op);

}  // namespace inkling::host
