// The metadata entry "inkling.pipeline": what is done to data before a model sees it and to its scores
// afterwards, and how the model came about, as JSON. Leaves out what the keys mean to each kind of model.
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>

#include "host/graph/graph.h"

namespace inkling::host::graph {

/// The pipeline of a model, {} if it has none. `name` is for messages. Throws an Error if the bytes are no
/// model or the entry is no JSON object.
nlohmann::json pipeline_of(const Graph& model, const std::filesystem::path& name);
nlohmann::json read_pipeline(const std::filesystem::path& model);

/// Adds the entry, or replaces it. An empty object removes it.
void set_pipeline(Graph& model, const nlohmann::json& pipeline);

}  // namespace inkling::host::graph
