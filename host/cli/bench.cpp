// inkling bench: what models cost on virtual boards, in bytes and instructions.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

#include "host/bench/measure.h"
#include "host/bench/operator_sizes.h"
#include "host/bench/survey.h"
#include "host/cli/progress.h"
#include "host/cli/verb.h"
#include "host/data/files.h"
#include "host/error.h"

namespace inkling::host {
namespace {

using nlohmann::json;

struct Options {
  std::vector<std::string> models, boards;
  std::string report, mode = "interpreted", optimize = "speed";
  bool core = false, operators = false, all = false, portable = false, json = false;
};

json or_null(const std::optional<int64_t>& value) {
  return value ? json(*value) : json(nullptr);
}

json as_json(const ModelCost& cost) {
  json per_op = json::array();
  for (const OpCost& op : cost.per_op)
    per_op.push_back({{"index", op.index},
                      {"name", op.name},
                      {"macs", op.macs},
                      {"instructions", op.instructions},
                      {"modelled_cycles", or_null(op.modelled_cycles)}});
  return {{"model", cost.model},
          {"board", cost.board},
          {"instructions", cost.instructions},
          {"modelled_cycles", or_null(cost.modelled_cycles)},
          {"load_instructions", cost.load_instructions},
          {"code_bytes", cost.code_bytes},
          {"model_bytes", cost.model_bytes},
          {"arena_bytes", cost.arena_bytes},
          {"static_bytes", cost.static_bytes},
          {"stack_bytes", cost.stack_bytes},
          {"macs", cost.macs},
          {"per_op", per_op},
          {"output_hash", fmt::format("{:08x}", cost.output_hash)}};
}

void print(const ModelCost& cost) {
  fmt::print("{} on {}\n", cost.model, cost.board);
  const auto line = [](const char* name, int64_t value) { fmt::print("  {:<18}{:>12}\n", name, value); };
  line("instructions", cost.instructions);
  if (cost.modelled_cycles) line("modelled cycles", *cost.modelled_cycles);
  line("load instructions", cost.load_instructions);
  line("code bytes", cost.code_bytes);
  line("model bytes", cost.model_bytes);
  line("arena bytes", cost.arena_bytes);
  line("static bytes", cost.static_bytes);
  line("stack bytes", cost.stack_bytes);
  line("MACs", cost.macs);
  fmt::print("  {:<18}{:>12}\n", "output hash", fmt::format("{:08x}", cost.output_hash));
  fmt::print("  {:>3} {:<22}{:>12}{:>13}{:>9}\n", "op", "", "MACs", "instructions", "per MAC");
  for (const OpCost& op : cost.per_op)
    fmt::print("  {:>3} {:<22}{:>12}{:>13}{:>9}\n", op.index, op.name, op.macs, op.instructions,
               op.macs == 0 ? ""
                            : fmt::format("{:.2f}", static_cast<double>(op.instructions) /
                                                        static_cast<double>(op.macs)));
}

void bench_core(const Options& options) {
  json all = json::array();
  for (const std::string& name : options.boards) {
    const Board board = open_board(name);
    const FirmwareSize core = measure_core(board), empty = measure_empty(board);
    all.push_back({{"board", name},
                   {"code_bytes", core.code_bytes},
                   {"static_bytes", core.static_bytes},
                   {"empty_code_bytes", empty.code_bytes}});
    if (!options.json)
      fmt::print("{}: core without operators {} bytes of code ({} of them start-up), {} static\n", name,
                 core.code_bytes, empty.code_bytes, core.static_bytes);
  }
  if (options.json) fmt::print("{}\n", (all.size() == 1 ? all[0] : all).dump(1));
}

Mode mode_of(const Options& options) {
  if (options.mode == "interpreted") return Mode::interpreted;
  return options.optimize == "speed" ? Mode::compiled : Mode::compiled_small;
}

/// Prints a table as comma-separated values, and writes it if asked to.
void bench_operators(const Options& options) {
  if (options.boards.size() != 1) throw CLI::ValidationError("--operators needs one --board");
  const Board board = open_board(options.boards[0]);
  std::vector<OperatorSize> sizes;
  {
    Progress progress("bench", all_ops().size);
    std::mutex mutex;
    sizes = measure_operators(board, [&] {
      const std::lock_guard lock(mutex);
      progress.advance();
    });
  }
  std::string table = kOperatorSizesHead;
  for (const OperatorSize& size : sizes)
    table += fmt::format("{},{}\n", size.name, fmt::join(size.code_bytes, ","));
  fmt::print("{}", table);
  if (!options.report.empty()) write_atomically(options.report, std::string_view(table));
}

void bench_models(const Options& options) {
  json all = json::array();
  Progress progress("bench", static_cast<int64_t>(options.models.size() * options.boards.size()));
  for (const std::string& name : options.boards) {
    const Board board = open_board(name, options.portable ? Kernels::portable : Kernels::fastest);
    for (const std::string& model : options.models) {
      const ModelCost cost = measure_model(board, ModelFile(model), mode_of(options));
      progress.advance();
      all.push_back(as_json(cost));
      if (!options.json) print(cost);
    }
  }
  if (options.json) fmt::print("{}\n", (all.size() == 1 ? all[0] : all).dump(1));
}

/// The page, and beside it the pictures that it shows and the table of instructions.
void write_survey(const Survey& survey, const std::string& page, const std::filesystem::path& path) {
  const std::filesystem::path folder = path.parent_path() / path.stem();
  std::filesystem::create_directories(folder);
  for (const CoreSize& board : survey.cores)
    write_atomically(folder / (board.board + ".svg"),
                     std::string_view(performance_chart(survey, board.board)));
  write_atomically(folder / "instructions.csv", std::string_view(instructions_table(survey)));
  write_atomically(path, std::string_view(page));
}

/// Prints the page, and writes it if asked to. Fails if any output differs from the recorded one.
void bench_all(const Options& options) {
  const Reference reference;
  Survey survey;
  {
    Progress progress("bench", survey_steps(reference));
    survey = take_survey(reference, [&] { progress.advance(); });
  }
  const std::string page = performance_page(survey);
  fmt::print("{}", page);
  if (!options.report.empty()) write_survey(survey, page, options.report);
  for (const SurveyEntry& entry : survey.entries)
    if (entry.cost && !entry.all_equal())
      throw Error(fmt::format("{} on {}: only {} of {} operators' outputs are as recorded", entry.model,
                              entry.board, entry.n_equal_ops, entry.cost->per_op.size()));
}

void bench(const Options& options) {
  if (options.all) return bench_all(options);
  if (options.boards.empty()) throw CLI::RequiredError("--board");
  if (options.core) return bench_core(options);
  if (options.operators) return bench_operators(options);
  if (options.models.empty()) throw CLI::RequiredError("MODEL, --core, --operators or --all");
  bench_models(options);
}

}  // namespace

void add_bench(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(
      app, "bench", "Measures what models cost on virtual boards: bytes, instructions, modelled cycles.",
      "inkling bench models/yes_no.tflite --board cortex-m4");
  verb.add_option("MODEL", options->models, "One or more .tflite files");
  verb.add_option("--board", options->boards, "A virtual board; may be given several times")
      ->allow_extra_args(false);
  verb.add_flag("--core", options->core, "Measure the interpreter without any operator instead of models");
  verb.add_flag("--operators", options->operators,
                "Measure what each operator adds to the interpreter instead of models");
  verb.add_flag("--all", options->all, "All reference models on all boards, beside the recorded peer");
  verb.add_option("--report", options->report,
                  "Write the page of --all (docs/performance.md) or the table of --operators");
  verb.add_option("--mode", options->mode,
                  "Read by the interpreter, or compiled to C++ (see inkling compile)")
      ->check(CLI::IsMember({"interpreted", "compiled"}));
  verb.add_option("--optimize", options->optimize, "What the C++ of a compiled model is compiled for")
      ->check(CLI::IsMember({"speed", "size"}));
  verb.add_flag("--portable", options->portable, "Use the plain C++ kernels");
  verb.add_flag("--json", options->json, "Print JSON instead of tables");
  verb.callback([options] { bench(*options); });
}

}  // namespace inkling::host
