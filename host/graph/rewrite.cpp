// The list of rewrites. Those that make layers simpler come first; channels are looked at last.
#include "host/graph/rewrite.h"

#include "host/graph/constant_channels.h"
#include "host/graph/folded_padding.h"
#include "host/graph/fused_activations.h"
#include "host/graph/graph.h"
#include "host/graph/round_trips.h"

namespace inkling::host::graph {
namespace {

struct Rewrite {
  const char *key, *text;
  int32_t (*apply)(Graph*);
};

constexpr Rewrite kRewrites[] = {
    {"round_trips", "conversions there and back bypassed", bypass_round_trips},
    {"fused_activations", "activations fused", fuse_activations},
    {"folded_paddings", "paddings folded into convolutions", fold_padding},
    {"dead_operators", "operators without readers removed", remove_dead_operators},
    {"constant_channels", "constant channels removed", remove_constant_channels}};

}  // namespace

Rewritten rewrite(const ModelFile& file, const std::filesystem::path& name) {
  Graph graph = read(file.bytes());
  std::vector<Change> changes;
  bool changed = false;
  for (const Rewrite& rewrite : kRewrites) {
    changes.push_back({rewrite.key, rewrite.text, rewrite.apply(&graph)});
    changed |= changes.back().n > 0;
  }
  const Bytes as_it_is = file.bytes();
  return {ModelFile(name, changed ? write(graph) : std::vector<uint8_t>(as_it_is.begin(), as_it_is.end())),
          std::move(changes)};
}

}  // namespace inkling::host::graph
