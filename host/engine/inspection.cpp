// Collects the facts from the reader and the rehearsal; gives them as JSON.
#include "host/engine/inspection.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/engine/builtin_names.h"
#include "host/engine/labels.h"
#include "host/engine/macs.h"
#include "host/error.h"
#include "inkling/format/schema.h"

namespace inkling::host {
namespace {

using nlohmann::ordered_json;

void read_subgraph(const Subgraph& graph, int32_t g, Inspection& all) {
  for (int32_t i = 0; i < graph.n_operators(); ++i) {
    const Operator op = graph.op(i);
    all.operators.push_back({g,
                             i,
                             operator_name(op),
                             op.code == kCustom,
                             facts_of(graph, op.inputs),
                             facts_of(graph, op.outputs),
                             macs_of(graph, op),
                             {g, i, "", {}}});
  }
  std::vector<std::string>& names = all.tensor_names.emplace_back();
  for (int32_t i = 0; i < graph.n_tensors(); ++i) names.push_back(graph.tensor_name(i));
}

// Members that a list repeats, such as dimensions, become one array.
ordered_json params_json(const std::vector<Param>& params) {
  ordered_json all = ordered_json::object();
  for (const Param& param : params) {
    const ordered_json value = std::visit([](const auto& v) { return ordered_json(v); }, param.value);
    const auto same = [&](const Param& other) { return other.name == param.name; };
    if (std::count_if(params.begin(), params.end(), same) > 1) {
      all[param.name].push_back(value);
    } else {
      all[param.name] = value;
    }
  }
  return all;
}

ordered_json operator_json(const OperatorFacts& op) {
  ordered_json inputs = ordered_json::array(), outputs = ordered_json::array();
  for (const TensorFacts& tensor : op.inputs)
    inputs.push_back(tensor.index < 0 ? ordered_json() : to_json(tensor));
  for (const TensorFacts& tensor : op.outputs) outputs.push_back(to_json(tensor));
  return {{"subgraph", op.subgraph},
          {"index", op.index},
          {"name", op.name},
          {"custom", op.custom},
          {"inputs", inputs},
          {"outputs", outputs},
          {"macs", op.macs},
          {"params", params_json(op.prepared.params)},
          {"scratch_bytes", op.prepared.scratch_bytes}};
}

ordered_json block_json(const Inspection& all, const PlannedBlock& block) {
  ordered_json json = {{"subgraph", block.subgraph}};
  if (block.tensor >= 0) {
    json["tensor"] = block.tensor;
  } else {
    json["scratch_of"] = block.scratch_of;
  }
  json.update({{"name", all.name_of_block(block)},
               {"place", block.place},
               {"bytes", block.n_bytes},
               {"first", block.first},
               {"last", block.last}});
  return json;
}

}  // namespace

int64_t Inspection::total_macs() const {
  int64_t total = 0;
  for (const OperatorFacts& op : operators) total += op.macs;
  return total;
}

const OperatorFacts& Inspection::operator_at(int32_t subgraph, int32_t index) const {
  const auto found = std::find_if(operators.begin(), operators.end(), [&](const OperatorFacts& op) {
    return op.subgraph == subgraph && op.index == index;
  });
  if (found == operators.end())
    throw Error(fmt::format("there is no operator {} in subgraph {}", index, subgraph));
  return *found;
}

std::string Inspection::name_of_block(const PlannedBlock& block) const {
  if (block.tensor >= 0)
    return tensor_names[static_cast<size_t>(block.subgraph)][static_cast<size_t>(block.tensor)];
  return fmt::format("scratch of {} {}", block.scratch_of,
                     operator_at(block.subgraph, block.scratch_of).name);
}

Inspection inspect_model(const std::filesystem::path& path) {
  const ModelFile file(path);
  Failure failure;
  const Model model(file.bytes(), &failure);
  Inspection all;
  all.file = path.string();
  all.n_bytes = file.bytes().size;
  all.version = model.root().scalar<int32_t>(schema::model::version, 0);
  all.description = model.root().string(schema::model::description);
  all.n_subgraphs = model.n_subgraphs();
  for (int32_t g = 0; g < all.n_subgraphs && failure.status == Status::ok; ++g)
    read_subgraph(model.subgraph(g), g, all);
  if (failure.status == Status::ok) {
    const Subgraph main = model.subgraph(0);
    all.inputs = facts_of(main, main.inputs());
    all.outputs = facts_of(main, main.outputs());
  }
  if (failure.status != Status::ok) throw Error(fmt::format("{}: {}", all.file, text(failure)));
  all.labels = read_labels(path);
  all.rehearsal = rehearse_load(file);
  for (const PreparedOperator& prepared : all.rehearsal.operators)
    for (OperatorFacts& op : all.operators)
      if (op.subgraph == prepared.subgraph && op.index == prepared.index) op.prepared = prepared;
  return all;
}

ordered_json to_json(const Inspection& all) {
  const MemoryPlan& plan = all.rehearsal.plan;
  const bool exact = all.rehearsal.failure.empty() && !all.rehearsal.refused;
  ordered_json inputs = ordered_json::array(), outputs = ordered_json::array(),
               operators = ordered_json::array(), blocks = ordered_json::array(),
               unsupported = ordered_json::array();
  for (const TensorFacts& tensor : all.inputs) inputs.push_back(to_json(tensor));
  for (const TensorFacts& tensor : all.outputs) outputs.push_back(to_json(tensor));
  for (const PlannedBlock& block : plan.blocks) blocks.push_back(block_json(all, block));
  for (const OperatorFacts& op : all.operators) {
    operators.push_back(operator_json(op));
    if (!op.prepared.refusal.empty())
      unsupported.push_back({{"subgraph", op.subgraph},
                             {"index", op.index},
                             {"name", op.name},
                             {"reason", op.prepared.refusal}});
  }
  return {{"file", all.file},
          {"bytes", all.n_bytes},
          {"version", all.version},
          {"description", all.description},
          {"inputs", inputs},
          {"outputs", outputs},
          {"labels", all.labels},
          {"subgraphs", all.n_subgraphs},
          {"operators", operators},
          {"macs", all.total_macs()},
          {"arena_bytes", exact ? ordered_json(plan.arena_bytes) : ordered_json()},
          {"activation_bytes", exact ? ordered_json(plan.activation_bytes) : ordered_json()},
          {"least_activation_bytes", exact ? ordered_json(plan.least_activation_bytes) : ordered_json()},
          {"persistent_bytes", exact ? ordered_json(plan.persistent_bytes) : ordered_json()},
          {"plan", blocks},
          {"unsupported", unsupported},
          {"failure", all.rehearsal.failure}};
}

}  // namespace inkling::host
