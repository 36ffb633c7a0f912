// All rewrites of a model that keep its outputs bit for bit, as `inkling optimize` writes and `inkling
// compile` takes them.
#pragma once
#include "host/engine/program.h"

namespace inkling::host::graph {

/// What one rewrite did.
struct Change {
  std::string key;   ///< for machines: "constant_channels"
  std::string text;  ///< for people: "constant channels removed"
  int32_t n;         ///< how often; 0: there was nothing to do
};

struct Rewritten {
  ModelFile file;
  std::vector<Change> changes;  ///< of all rewrites, in the order in which they run
};

/// The model rewritten; the very bytes where there is nothing to gain. `name` is the new file's, for
/// messages.
Rewritten rewrite(const ModelFile& file, const std::filesystem::path& name);

}  // namespace inkling::host::graph
