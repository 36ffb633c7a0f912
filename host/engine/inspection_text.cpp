// An inspection for people: what the model takes and gives, its operators, its memory, and what cannot run.
#include <fmt/format.h>

#include <algorithm>

#include "host/engine/inspection.h"
#include "host/engine/text_table.h"

namespace inkling::host {
namespace {

constexpr size_t kNameWidth = 50;

std::string tensors_text(const char* title, const std::vector<TensorFacts>& tensors) {
  TextTable table("rlllrl");
  table.add({"#", title, "type", "shape", "bytes", "quantization"});
  for (size_t i = 0; i < tensors.size(); ++i)
    table.add({std::to_string(i), shortened(tensors[i].name, kNameWidth), name_of(tensors[i].type),
               shape_text(tensors[i].shape), grouped(tensors[i].n_bytes), quantization_text(tensors[i])});
  return table.text();
}

// Activations first, as "8x8x16 + 8x8x16".
std::string activations_text(const OperatorFacts& op) {
  std::vector<std::string> shapes;
  for (const TensorFacts& tensor : op.inputs)
    if (tensor.index >= 0 && !tensor.is_constant && !tensor.is_variable)
      shapes.push_back(shape_text(tensor.shape));
  return fmt::format("{}", fmt::join(shapes, " + "));
}

// The first constant: its shape, type, and how it is quantized.
std::string weights_text(const OperatorFacts& op) {
  const auto weights = std::find_if(op.inputs.begin(), op.inputs.end(),
                                    [](const TensorFacts& tensor) { return tensor.is_constant; });
  if (weights == op.inputs.end()) return "";
  return fmt::format("{} {}{}", shape_text(weights->shape), name_of(weights->type),
                     weights->scales.size() > 1 ? "/channel" : "");
}

std::string types_text(const OperatorFacts& op) {
  const auto input = std::find_if(op.inputs.begin(), op.inputs.end(), [](const TensorFacts& t) {
    return t.index >= 0 && !t.is_constant && !t.is_variable;
  });
  if (op.outputs.empty()) return input == op.inputs.end() ? "" : name_of(input->type);
  const std::string out = name_of(op.outputs[0].type);
  return input == op.inputs.end() || input->type == op.outputs[0].type
             ? out
             : fmt::format("{} > {}", name_of(input->type), out);
}

int64_t constant_bytes(const OperatorFacts& op) {
  int64_t n = 0;
  for (const TensorFacts& tensor : op.inputs) n += tensor.is_constant ? tensor.n_bytes : 0;
  return n;
}

std::string nothing_if_0(int64_t n) {
  return n == 0 ? "" : grouped(n);
}

std::string operators_text(const Inspection& all, int32_t subgraph) {
  TextTable table("rlllllrrrrl");
  table.add(
      {"#", "operator", "input", "weights", "output", "type", "MACs", "%", "weight bytes", "scratch", ""});
  const int64_t total = all.total_macs();
  int64_t sum = 0, constants = 0;
  for (const OperatorFacts& op : all.operators) {
    if (op.subgraph != subgraph) continue;
    const double percent = total > 0 ? 100.0 * static_cast<double>(op.macs) / static_cast<double>(total) : 0;
    table.add({std::to_string(op.index), printable(op.name), activations_text(op), weights_text(op),
               op.outputs.empty() ? "" : shape_text(op.outputs[0].shape), types_text(op),
               nothing_if_0(op.macs), op.macs > 0 ? fmt::format("{:.1f}", percent) : "",
               nothing_if_0(constant_bytes(op)), nothing_if_0(op.prepared.scratch_bytes),
               op.prepared.refusal.empty() ? "" : "! not supported"});
    sum += op.macs;
    constants += constant_bytes(op);
  }
  if (sum > 0 || constants > 0)
    table.add({"", "total", "", "", "", "", nothing_if_0(sum), "", nothing_if_0(constants)});
  return table.text();
}

std::string memory_text(const Inspection& all) {
  const MemoryPlan& plan = all.rehearsal.plan;
  if (!all.rehearsal.failure.empty()) return fmt::format("  unknown: {}\n", all.rehearsal.failure);
  const bool notes_win = plan.planning_bytes > plan.activation_bytes;
  TextTable table("rll");
  table.add({grouped(plan.activation_bytes), "activations",
             notes_win
                 ? fmt::format("planned; loading needs {} at the same place", grouped(plan.planning_bytes))
                 : "at the arena's start, shared as drawn below"});
  table.add(
      {grouped(plan.persistent_bytes - plan.variable_bytes), "program",
       fmt::format("{} at the arena's end", counted(static_cast<int64_t>(all.operators.size()), "step"))});
  if (plan.variable_bytes > 0) table.add({grouped(plan.variable_bytes), "variables", "keep their values"});
  table.add({grouped(plan.arena_bytes), "arena",
             all.rehearsal.refused
                 ? "at least; what cannot run is not counted"
                 : fmt::format("exactly: alignas(8) static uint8_t arena[{}];", plan.arena_bytes)});
  return table.text();
}

std::string refusals_text(const Inspection& all) {
  TextTable table("rll");
  int64_t n = 0;
  for (const OperatorFacts& op : all.operators) {
    if (op.prepared.refusal.empty()) continue;
    const std::string where =
        all.n_subgraphs > 1 ? fmt::format("{}.{}", op.subgraph, op.index) : std::to_string(op.index);
    table.add({where, printable(op.name), op.prepared.refusal});
    ++n;
  }
  if (n == 0) return "";
  return fmt::format("\nnot supported: {}, so this model cannot run\n{}", counted(n, "operator"),
                     table.text());
}

}  // namespace

std::string to_text(const Inspection& all) {
  std::string text = fmt::format("{}: {} bytes", all.file, grouped(all.n_bytes));
  if (!all.description.empty()) text += fmt::format(", \"{}\"", printable(all.description));
  text += fmt::format("\n\n{}\n{}", tensors_text("input", all.inputs), tensors_text("output", all.outputs));
  if (!all.labels.empty()) {
    std::vector<std::string> labels;
    for (const std::string& label : all.labels) labels.push_back(printable(label));
    const size_t n_shown = std::min<size_t>(labels.size(), 20);
    text +=
        fmt::format("\n  {}: {}{}\n", counted(static_cast<int64_t>(labels.size()), "label"),
                    fmt::join(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(n_shown), ", "),
                    n_shown < labels.size() ? ", ..." : "");
  }
  for (int32_t g = 0; g < all.n_subgraphs; ++g) {
    if (all.n_subgraphs > 1) text += fmt::format("\nsubgraph {}\n", g);
    text += "\n" + operators_text(all, g);
  }
  text += "\nmemory of a 32-bit target, bytes\n" + memory_text(all);
  for (int32_t g = 0; g < all.n_subgraphs && all.rehearsal.failure.empty(); ++g) {
    const std::string plan = plan_text(all, g);
    if (plan.empty()) continue;
    text += all.n_subgraphs > 1 ? fmt::format("\nplan of subgraph {}\n{}", g, plan) : "\nplan\n" + plan;
  }
  return text + refusals_text(all);
}

}  // namespace inkling::host
