// One rewrite so far.
#include "host/graph/rewrite.h"

#include "host/graph/constant_channels.h"
#include "host/graph/graph.h"

namespace inkling::host::graph {

Rewritten rewrite(const ModelFile& file, const std::filesystem::path& name) {
  Graph graph = read(file.bytes());
  const int32_t n_channels = remove_constant_channels(&graph);
  const Bytes as_it_is = file.bytes();
  return {
      ModelFile(name, n_channels > 0 ? write(graph) : std::vector<uint8_t>(as_it_is.begin(), as_it_is.end())),
      n_channels};
}

}  // namespace inkling::host::graph
