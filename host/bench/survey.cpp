// Measuring everything that the page shows.
#include "host/bench/survey.h"

#include <fmt/format.h>

#include "host/error.h"

namespace inkling::host {
namespace {

constexpr const char* kPruningBoard = "cortex-m4";
constexpr const char* kPrunedOps[] = {"conv_2d", "depthwise_conv_2d", "fully_connected", "average_pool_2d",
                                      "softmax"};

std::vector<TypesSize> measure_types(const Board& board, const std::function<void()>& step) {
  const int64_t core = measure_core(board).code_bytes;
  const auto added = [&](const std::string& prefix, const std::vector<std::string>& ops) {
    std::vector<std::string> names;
    for (const std::string& op : ops) names.push_back("ops::" + prefix + op);
    return measure_core(board, names).code_bytes - core;
  };
  const auto measure = [&](const std::string& name, const std::vector<std::string>& ops) {
    step();
    return TypesSize{name, added("int8::", ops), added("float32::", ops), added("", ops)};
  };
  std::vector<TypesSize> all;
  for (const char* op : kPrunedOps) all.push_back(measure(op, {op}));
  all.push_back(measure("all five", {std::begin(kPrunedOps), std::end(kPrunedOps)}));
  return all;
}

}  // namespace

const char* name_of(Mode mode) {
  return mode == Mode::interpreted ? "interpreted" : mode == Mode::compiled ? "compiled" : "compiled_small";
}

std::string instructions_table(const Survey& survey) {
  std::string table = "board,mode,model,instructions\n";
  for (const SurveyEntry& entry : survey.entries)
    if (entry.cost)
      table += fmt::format("{},{},{},{}\n", entry.board, name_of(entry.mode), entry.model,
                           entry.cost->instructions);
  return table;
}

SurveyEntry survey_model(const Board& board, const ReferenceModel& model, const Reference& reference,
                         Mode mode) {
  SurveyEntry entry;
  entry.model = model.name;
  entry.board = board.name;
  entry.mode = mode;
  entry.peer = reference.peer(model.name, board.name);
  try {
    entry.cost = measure_model(board, ModelFile(model.path), mode);
  } catch (const DoesNotFit& error) {
    entry.why_not = error.why;
    return entry;
  }
  const std::vector<OpCost>& ops = entry.cost->per_op;
  for (size_t i = 0; i < ops.size() && i < model.op_hashes.size(); ++i)
    entry.n_equal_ops += ops[i].output_hash == model.op_hashes[i];
  entry.output_equal = !model.op_hashes.empty() && entry.cost->output_hash == model.op_hashes.back();
  return entry;
}

int64_t survey_steps(const Reference& reference) {
  const auto n_boards = static_cast<int64_t>(board_names().size());
  const auto n_models = static_cast<int64_t>(reference.models().size());
  return (2 * n_boards + 1) * n_models + static_cast<int64_t>(std::size(kPrunedOps)) + 1;
}

Survey take_survey(const Reference& reference, const std::function<void()>& step) {
  Survey survey;
  for (const std::string& name : board_names()) {
    const Board board = open_board(name);
    for (const Mode mode : {Mode::interpreted, Mode::compiled})
      for (const ReferenceModel& model : reference.models()) {
        survey.entries.push_back(survey_model(board, model, reference, mode));
        step();
      }
    survey.cores.push_back(
        {name, measure_core(board), measure_empty(board), reference.peer("core_without_operators", name)});
    if (name == kPruningBoard) survey.types = measure_types(board, step);
  }
  const Board portable = open_board(kPruningBoard, Kernels::portable);
  for (const ReferenceModel& model : reference.models()) {
    survey.portable.push_back(
        {survey_model(portable, model, reference), reference.peer_build(model.name, "m4_O3_ref")});
    step();
  }
  return survey;
}

}  // namespace inkling::host
