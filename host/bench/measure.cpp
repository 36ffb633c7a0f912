// Builds and runs the images of apps/bench and reads what they tell.
#include "host/bench/measure.h"

#include <fmt/format.h>

#include <sstream>
#include <string_view>

#include "host/compile/print.h"
#include "host/compile/snapshot.h"
#include "host/data/files.h"
#include "host/engine/macs.h"
#include "host/engine/reasons.h"
#include "host/error.h"
#include "host/graph/rewrite.h"
#include "inkling/run/loader.h"

namespace inkling::host {
namespace {

// Kinds of regions, as apps/bench/measure.cpp marks them.
enum Region : int32_t { invoke, one_op, load };

struct RegionCounts {
  int64_t instructions = 0, cycles_m4 = 0, cycles_m3 = 0;
};

/// The closed regions of one kind, in the order of their ends.
std::vector<RegionCounts> regions(const std::string& counts, int32_t kind) {
  std::vector<RegionCounts> found;
  std::istringstream lines(counts);
  const std::string begin = fmt::format("R kind={} ", kind);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(begin, 0) != 0) continue;
    std::istringstream words(line);
    RegionCounts& region = found.emplace_back();
    for (std::string word; words >> word;) {
      const size_t equals = word.find('=');
      if (equals == std::string::npos) continue;
      const std::string name = word.substr(0, equals);
      const int64_t value = std::stoll(word.substr(equals + 1));
      if (name == "insn") region.instructions = value;
      if (name == "cyc4") region.cycles_m4 = value;
      if (name == "cyc3") region.cycles_m3 = value;
    }
  }
  return found;
}

std::optional<int64_t> cycles(const Board& board, const RegionCounts& region) {
  if (board.cycle_model == "m4") return region.cycles_m4;
  if (board.cycle_model == "m3") return region.cycles_m3;
  return std::nullopt;
}

std::vector<OpCost> describe_ops(const ModelFile& file) {
  Failure failure;
  const Model model(file.bytes(), &failure);
  const Subgraph graph = model.subgraph(0);
  std::vector<OpCost> ops;
  for (int32_t i = 0; i < graph.n_operators(); ++i) {
    const Operator op = graph.op(i);
    OpCost& cost = ops.emplace_back();
    cost.index = i;
    cost.name = find_op(all_ops(), op)->name;
    cost.macs = macs_of(graph, op);
  }
  return ops;
}

/// Takes in the console of the measuring image. False if the model could not be loaded; then `needed` is the
/// arena that it wants, or 0 for another reason.
bool read_console(const std::string& console, ModelCost* cost, int64_t* needed) {
  std::istringstream lines(console);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string what, value;
    words >> what >> value;
    if (what == "arena") cost->arena_bytes = std::stoll(value);
    if (what == "stack") cost->stack_bytes = std::stoll(value);
    if (what == "output") cost->output_hash = static_cast<uint32_t>(std::stoul(value, nullptr, 16));
    if (what == "op") {
      std::string hash;
      words >> hash;
      cost->per_op.at(std::stoul(value)).output_hash = static_cast<uint32_t>(std::stoul(hash, nullptr, 16));
    }
    if (what == "failure") {
      const bool no_room = std::stoi(value) == static_cast<int>(Status::no_room);
      words >> *needed;
      if (!no_room) *needed = 0;
      return false;
    }
  }
  return true;
}

[[noreturn]] void report_run(const ModelCost& cost, const BoardOutcome& outcome) {
  throw Error(fmt::format("{} on {}: {}", cost.model, cost.board,
                          outcome.timed_out ? "has not ended in time"
                                            : fmt::format("ended with status {}: {}", outcome.status,
                                                          with_reasons(outcome.console))));
}

/// What of a compiled model counts as the model: weights, and what describes their quantization.
int64_t data_bytes(const Snapshot& snapshot) {
  size_t n_bytes = 0;
  for (const SnapshotConstant& constant : snapshot.constants) n_bytes += constant.bytes.size();
  for (const SnapshotGraph& graph : snapshot.graphs)
    for (const SnapshotStep& step : graph.steps)
      for (const Param& param : step.params)
        if (const auto* floats = std::get_if<std::vector<float>>(&param.value)) n_bytes += 4 * floats->size();
  return static_cast<int64_t>(n_bytes);
}

/// What the images need to know of a compiled model, beside compiled.h.
std::string compiled_program_header(const Snapshot& snapshot) {
  return fmt::format(
      "// Generated for one model and one board.\n#pragma once\n#include \"compiled.h\"\n\n"
      "namespace compiled {{\nstruct StepOutput {{\n  const void* data;\n  int32_t n_bytes;\n}};\n"
      "extern const StepOutput step_outputs[];\n{}}}  // namespace compiled\n"
      "constexpr int32_t kNInputs = {}, kNSteps = {}, kOutputBytes = {};\n",
      steers(snapshot) ? "inline bool step() {\n  return false;\n}\n" : "", snapshot.inputs.size(),
      steers(snapshot) ? 0 : snapshot.graphs.at(0).steps.size(), snapshot.outputs.at(0).n_bytes);
}

/// The table that the header promises: each operator's first output.
std::string step_outputs(const Snapshot& snapshot, const ModelFile& file) {
  Failure failure;
  const Model model(file.bytes(), &failure);
  const Subgraph graph = model.subgraph(0);
  std::string rows;
  const std::vector<SnapshotStep>& steps = snapshot.graphs.at(0).steps;
  for (size_t i = 0; i < steps.size(); ++i) {
    const Operator op = graph.op(static_cast<int32_t>(i));
    const Place place =
        op.outputs.size > 0 ? steps[i].slots[static_cast<size_t>(steps[i].n_inputs)] : Place{};
    const bool written = place.in == Place::In::arena;
    rows += fmt::format("    {{{}, {}}},\n",
                        written ? fmt::format("::inkling::compiled_model::arena + {}", place.at) : "nullptr",
                        written ? graph.tensor(op.output(0)).n_bytes : 0);
  }
  return fmt::format(
      "\n#include \"program.h\"\nconst compiled::StepOutput compiled::step_outputs[] = {{\n{}}};\n", rows);
}

/// A model on its way into a firmware.
struct Subject {
  const ModelFile& model;
  Mode mode;
  std::vector<std::string> operators;  ///< of the interpreter
  Snapshot snapshot;                   ///< when it is compiled

  bool compiled() const { return mode != Mode::interpreted; }
  std::string source(const char* image) const {
    return fmt::format("apps/bench/{}{}.cpp", image, compiled() ? "_compiled" : "");
  }
};

std::filesystem::path link_subject(const Board& board, const std::filesystem::path& folder,
                                   const Subject& subject, const char* image, int64_t arena_bytes) {
  if (!subject.compiled())
    return link_firmware(board, folder, subject.source(image),
                         program_header(subject.operators, &subject.model, arena_bytes), &subject.model);
  const bool measures = std::string_view(image) == "measure";
  const PrintOptions options{"compiled", false, measures && !steers(subject.snapshot)};
  write_atomically(folder / "compiled.h", std::string_view(print_header(subject.snapshot, options)));
  std::string source = print_source(subject.snapshot, options);
  if (measures) source += step_outputs(subject.snapshot, subject.model);
  write_atomically(folder / "compiled.cpp", std::string_view(source));
  return link_firmware(board, folder, subject.source(image), compiled_program_header(subject.snapshot),
                       nullptr, {subject.mode == Mode::compiled ? "-O2" : "-Os", "compiled.cpp"});
}

void run_measuring_image(const Board& board, const Subject& subject, ModelCost* cost) {
  const ScratchFolder scratch;
  BoardRun run;
  run.elf = link_subject(board, scratch.path(), subject, "measure", board.arena_bytes);
  run.folder = scratch.path();
  run.count = true;
  const BoardOutcome outcome = run_on_board(board, run);
  int64_t needed = 0;
  if (!read_console(outcome.console, cost, &needed) && needed > 0)
    throw DoesNotFit(
        board.name, cost->model,
        fmt::format("it needs an arena of {} bytes, the board has room for {}", needed, board.arena_bytes));
  const auto invokes = regions(outcome.counts, invoke), loads = regions(outcome.counts, load),
             ops = regions(outcome.counts, one_op);
  if (outcome.status != 0 || invokes.size() != 1 || loads.size() != 1 || ops.size() > cost->per_op.size())
    report_run(*cost, outcome);
  cost->instructions = invokes[0].instructions;
  cost->modelled_cycles = cycles(board, invokes[0]);
  cost->load_instructions = loads[0].instructions;
  for (size_t i = 0; i < ops.size(); ++i) {
    cost->per_op[i].instructions = ops[i].instructions;
    cost->per_op[i].modelled_cycles = cycles(board, ops[i]);
  }
}

FirmwareSize measure_size(const Board& board, const char* source, const std::string& header) {
  const ScratchFolder scratch;
  return size_of(board, link_firmware(board, scratch.path(), source, header, nullptr));
}

}  // namespace

ModelCost measure_model(const Board& board, const ModelFile& file, Mode mode) {
  const ModelFile model = mode == Mode::interpreted ? file : graph::rewrite(file, file.path()).file;
  ModelCost cost;
  cost.model = model.path().string();
  cost.board = board.name;
  cost.model_bytes = model.bytes().size;
  Subject subject{model, mode, operators_of(model), {}};
  if (subject.compiled()) {
    subject.snapshot = take_snapshot(model, find_target(board.name));
    cost.model_bytes = data_bytes(subject.snapshot);
  }
  cost.per_op = describe_ops(model);
  for (const OpCost& op : cost.per_op) cost.macs += op.macs;
  run_measuring_image(board, subject, &cost);
  const ScratchFolder scratch;
  const FirmwareSize size =
      size_of(board, link_subject(board, scratch.path(), subject, "release", cost.arena_bytes));
  cost.code_bytes = size.code_bytes - (subject.compiled() ? cost.model_bytes : 0);
  cost.static_bytes = size.static_bytes - (subject.compiled() ? cost.arena_bytes : 0);
  return cost;
}

FirmwareSize measure_core(const Board& board, const std::vector<std::string>& operators) {
  return measure_size(board, "apps/bench/core.cpp", program_header(operators, nullptr, 1024));
}

FirmwareSize measure_empty(const Board& board) {
  return measure_size(board, "apps/bench/empty.cpp", "");
}

}  // namespace inkling::host
