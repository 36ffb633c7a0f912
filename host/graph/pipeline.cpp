// One entry among the metadata.
#include "host/graph/pipeline.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/engine/program.h"
#include "host/error.h"

namespace inkling::host::graph {
namespace {

using nlohmann::json;
constexpr char kEntry[] = "inkling.pipeline";

}  // namespace

json pipeline_of(const Graph& model, const std::filesystem::path& name) {
  for (const auto& [entry, bytes] : model.metadata) {
    if (entry != kEntry) continue;
    json pipeline = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!pipeline.is_object())
      throw Error(fmt::format("{}: its {} is damaged, want a JSON object", name.string(), kEntry));
    return pipeline;
  }
  return json::object();
}

json read_pipeline(const std::filesystem::path& model) {
  return pipeline_of(read(ModelFile(model).bytes()), model);
}

void set_pipeline(Graph& model, const json& pipeline) {
  auto& entries = model.metadata;
  entries.erase(
      std::remove_if(entries.begin(), entries.end(), [](const auto& entry) { return entry.first == kEntry; }),
      entries.end());
  if (pipeline.empty()) return;
  const std::string text = pipeline.dump();
  entries.emplace_back(kEntry, std::vector<uint8_t>(text.begin(), text.end()));
}

}  // namespace inkling::host::graph
