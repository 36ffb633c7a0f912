// An execution as JSON for machines and as tables for people.
#include <fmt/format.h>

#include <algorithm>

#include "host/data/hash.h"
#include "host/engine/execution.h"
#include "host/engine/text_table.h"

namespace inkling::host {
namespace {

using nlohmann::ordered_json;

constexpr size_t kShown = 16;  // elements of an output that people are shown

std::string hash_text(uint32_t hash) {
  return fmt::format("{:08x}", hash);
}

// The elements of an output: index, label, value, and what it stands for.
std::string elements_text(const OutputTensor& output, const std::vector<std::string>& labels) {
  const TensorFacts& facts = output.facts;
  const ordered_json values =
      values_json(facts.type, output.bytes, output.bytes.empty() ? 0 : facts.n_elements);
  const bool labelled = labels.size() == values.size();
  const bool quantized = facts.scales.size() == 1;
  const int64_t zero_point = facts.zero_points.empty() ? 0 : facts.zero_points[0];
  const size_t n_shown = std::min(values.size(), kShown);
  TextTable table("rlrr");
  table.add({"#", labelled ? "label" : "", facts.type == Type::float32 ? "value" : name_of(facts.type),
             quantized ? "real" : ""});
  for (size_t i = 0; i < n_shown; ++i) {
    const std::string value =
        values[i].is_number_float() ? fmt::format("{:.6g}", values[i].get<double>()) : values[i].dump();
    const std::string real =
        quantized && values[i].is_number_integer()
            ? fmt::format("{:.6g}", static_cast<double>(facts.scales[0]) *
                                        static_cast<double>(values[i].get<int64_t>() - zero_point))
            : "";
    table.add({std::to_string(i), labelled ? printable(labels[i]) : "", value, real});
  }
  std::string text = table.text("    ");
  if (n_shown < values.size())
    text += fmt::format("    ... and {} more: --json or --output-dir give all\n",
                        grouped(static_cast<int64_t>(values.size() - n_shown)));
  return text;
}

}  // namespace

ordered_json to_json(const Execution& execution, const std::string& file) {
  ordered_json outputs = ordered_json::array(), operators = ordered_json::array();
  for (const OutputTensor& output : execution.outputs) {
    ordered_json json = to_json(output.facts);
    json["hash"] = hash_text(fnv1a32(output.bytes));
    json["values"] =
        values_json(output.facts.type, output.bytes, output.bytes.empty() ? 0 : output.facts.n_elements);
    outputs.push_back(json);
  }
  for (const OperatorOutput& op : execution.operators)
    operators.push_back({{"subgraph", op.subgraph},
                         {"index", op.index},
                         {"name", op.name},
                         {"hash", hash_text(op.hash)},
                         {"bytes", op.n_bytes}});
  return {{"file", file},
          {"arena_bytes", execution.arena_bytes},
          {"stopped", execution.stopped},
          {"outputs", outputs},
          {"operators", operators}};
}

std::string to_text(const Execution& execution, const std::vector<std::string>& labels) {
  std::string text;
  if (!execution.operators.empty()) {
    TextTable table("rllr");
    table.add({"#", "operator", "hash", "bytes"});
    const bool several = std::any_of(execution.operators.begin(), execution.operators.end(),
                                     [](const OperatorOutput& op) { return op.subgraph > 0; });
    for (const OperatorOutput& op : execution.operators)
      table.add({several ? fmt::format("{}.{}", op.subgraph, op.index) : std::to_string(op.index),
                 printable(op.name), hash_text(op.hash), grouped(op.n_bytes)});
    text += table.text() + "\n";
  }
  if (execution.stopped) text += "  the model ended the run early: the outputs are those of an earlier run\n";
  for (size_t i = 0; i < execution.outputs.size(); ++i) {
    const OutputTensor& output = execution.outputs[i];
    text += fmt::format("  output {}  {}  {} {}  hash {}\n{}", i, shortened(output.facts.name, 50),
                        name_of(output.facts.type), shape_text(output.facts.shape),
                        hash_text(fnv1a32(output.bytes)), elements_text(output, labels));
  }
  return text;
}

}  // namespace inkling::host
