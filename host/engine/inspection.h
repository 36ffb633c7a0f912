// Inspection: all that can be told of a model without running it. Works for models that cannot run, too.
// Leaves out timing, and what the weights hold.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/engine/rehearsal.h"
#include "host/engine/tensor_facts.h"

namespace inkling::host {

/// One use of an operator.
struct OperatorFacts {
  int32_t subgraph, index;
  std::string name;
  bool custom;
  std::vector<TensorFacts> inputs, outputs;
  int64_t macs;
  PreparedOperator prepared;  ///< what prepare made of it
};

struct Inspection {
  std::string file;
  int32_t n_bytes;
  int32_t version;  ///< of the schema
  std::string description;
  std::vector<TensorFacts> inputs, outputs;  ///< of the main subgraph
  std::vector<std::string> labels;
  int32_t n_subgraphs;
  std::vector<OperatorFacts> operators;  ///< of all subgraphs
  Rehearsal rehearsal;
  std::vector<std::vector<std::string>> tensor_names;  ///< by subgraph

  int64_t total_macs() const;
  /// "ADD's scratch" or the tensor's name.
  std::string name_of_block(const PlannedBlock& block) const;
  const OperatorFacts& operator_at(int32_t subgraph, int32_t index) const;
};

/// Throws an Error when the file is no readable model.
Inspection inspect_model(const std::filesystem::path& path);

/// The keys are a promise; `inkling inspect --help` lists them.
nlohmann::ordered_json to_json(const Inspection& inspection);

/// For people: tables and the drawn plan, lines of at most about 120 characters.
std::string to_text(const Inspection& inspection);

/// The plan of one subgraph's memory: a line per step, a column per so many bytes, a letter per block.
std::string plan_text(const Inspection& inspection, int32_t subgraph);
/// The same as an SVG picture.
std::string plan_svg(const Inspection& inspection, int32_t subgraph);

}  // namespace inkling::host
