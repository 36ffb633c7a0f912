// inkling verify: runs a case pack and says which cases pass.
#include "host/engine/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "host/bench/board_verify.h"
#include "host/cli/progress.h"
#include "host/cli/verb.h"
#include "host/compile/compiled_verify.h"
#include "host/error.h"

namespace inkling::host {
namespace {

struct Options {
  std::string pack, only, board, target;
  bool compiled = false;
  bool json = false;
};

struct Counts {
  int32_t passed = 0, failed = 0, skipped = 0;
};

CaseResult run_case(const Case& c) {
  try {
    return judge(c, run_on_desk(c));
  } catch (const std::exception& error) {
    return {Verdict::failed, error.what()};
  }
}

void verify(const Options& options) {
  const bool has_list = std::filesystem::exists(std::filesystem::path(options.pack) / "cases.json");
  std::vector<Case> cases = has_list ? read_case_pack(options.pack) : untrusted_models(options.pack);
  if (!options.only.empty()) {
    cases.erase(
        std::remove_if(cases.begin(), cases.end(), [&](const Case& c) { return c.op != options.only; }),
        cases.end());
    if (cases.empty()) throw Error(fmt::format("{}: no case of operator {}", options.pack, options.only));
  }
  Counts counts;
  nlohmann::json failures = nlohmann::json::array(), skips = nlohmann::json::array();
  {
    Progress progress("verify", static_cast<int64_t>(cases.size()));
    const auto note = [&](const Case& c, const CaseResult& result) {
      progress.advance();
      counts.passed += result.verdict == Verdict::passed;
      counts.failed += result.verdict == Verdict::failed;
      counts.skipped += result.verdict == Verdict::skipped;
      if (result.verdict == Verdict::passed) return;
      const bool is_failure = result.verdict == Verdict::failed;
      (is_failure ? failures : skips).push_back({{"id", c.id}, {"reason", result.reason}});
      if (!options.json) fmt::print("{}: {}: {}\n", is_failure ? "failed" : "skipped", c.id, result.reason);
    };
    if (options.compiled && !options.board.empty()) {
      const Board board = open_board(options.board);
      verify_compiled(cases, find_target(options.board), &board, note);
    } else if (options.compiled)
      verify_compiled(cases, find_target(options.target), nullptr, note);
    else if (!options.board.empty())
      verify_on_board(options.board, cases, note);
    else
      for (const Case& c : cases) note(c, run_case(c));
  }
  if (options.json) {
    const nlohmann::json all = {{"passed", counts.passed},
                                {"failed", counts.failed},
                                {"skipped", counts.skipped},
                                {"failures", failures},
                                {"skips", skips}};
    fmt::print("{}\n", all.dump(1));
  } else {
    fmt::print("{} passed, {} failed, {} skipped\n", counts.passed, counts.failed, counts.skipped);
  }
  if (counts.failed > 0) throw CLI::RuntimeError(1);
}

}  // namespace

void add_verify(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "verify",
                            "Runs a case pack: models, inputs and the outputs that must come of them.\n"
                            "In a folder of models without cases.json each must be refused or run to an end.",
                            "inkling verify ../shared/conformance --only CONV_2D");
  verb.add_option("PACK", options->pack, "A folder with cases.json, or with .tflite files")->required();
  verb.add_option("--only", options->only, "Only the cases of this operator, MODEL for whole models");
  CLI::Option* board =
      verb.add_option("--board", options->board, "Run on this virtual board instead of the desk");
  CLI::Option* compiled =
      verb.add_flag("--compiled", options->compiled,
                    "Compile each model to C++ and run that, for the board if one is named");
  verb.add_option("--target", options->target, "Compile for this board all the same, but run it on the desk")
      ->type_name("BOARD")
      ->needs(compiled)
      ->excludes(board);
  verb.add_flag("--json", options->json, "Print JSON instead of lines");
  verb.callback([options] { verify(*options); });
}

}  // namespace inkling::host
