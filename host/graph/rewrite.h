// All rewrites of a model that keep its outputs bit for bit, as `inkling optimize` writes and `inkling
// compile` takes them.
#pragma once
#include "host/engine/program.h"

namespace inkling::host::graph {

struct Rewritten {
  ModelFile file;
  int32_t n_constant_channels = 0;  ///< removed; see constant_channels.h
};

/// The model rewritten; the very bytes where there is nothing to gain. `name` is the new file's, for
/// messages.
Rewritten rewrite(const ModelFile& file, const std::filesystem::path& name);

}  // namespace inkling::host::graph
