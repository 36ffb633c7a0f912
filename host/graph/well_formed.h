// Whether bytes are a .tflite file that the FlatBuffers library can unpack. Leaves out whether it is a model
// that can run: inkling/format and prepare.
#pragma once
#include "inkling/core/span.h"

namespace inkling::host::graph {

/// Asks the library's verifier, and what that leaves out.
bool is_well_formed(Bytes bytes);

}  // namespace inkling::host::graph
