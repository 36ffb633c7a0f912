// The program gets its inputs in one file and leaves its outputs in another: plain bytes in the order of
// cases, invocations and operands.
#include "host/compile/compiled_verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>

#include "host/bench/firmware.h"
#include "host/bench/process.h"
#include "host/compile/print.h"
#include "host/data/files.h"
#include "host/data/parallel.h"
#include "host/engine/operator_files.h"
#include "host/error.h"
#include "host/graph/rewrite.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

// Cases that are built into one program; more would take the compiler too long at a time.
constexpr size_t kCasesPerProgram = 40;
constexpr int64_t kConstantBytesPerProgram = 400'000;

// How a program reads and writes, on the desk and on a board.
constexpr const char* kDeskHarness = R"(
#include <cstdio>
#include <cstdlib>
#include <cstring>

static FILE* from;
static FILE* to;
static void get(void* bytes, size_t n) {
  if (fread(bytes, 1, n, from) != n) exit(3);
}
static void put(const void* bytes, size_t n) {
  if (fwrite(bytes, 1, n, to) != n) exit(4);
}
static void open_files() {
  from = fopen("in", "rb");
  to = fopen("out", "wb");
}
)";
constexpr const char* kBoardHarness = R"(
#include "boards/virtual/semihosting.h"

static int32_t from, to;
static void get(void* bytes, int32_t n) {
  if (n > 0 && inkling::semihosting::read(from, bytes, n) != n) inkling::semihosting::exit(3);
}
static void put(const void* bytes, int32_t n) {
  inkling::semihosting::write(to, bytes, n);
}
static void open_files() {
  from = inkling::semihosting::open("in");
  to = inkling::semihosting::open("out", inkling::semihosting::Access::write);
}
)";
constexpr const char* kHarness = R"(
static bool flag() {
  char value;
  get(&value, 1);
  return value != 0;
}
)";

// A case on its way through a program.
struct Trial {
  const Case* c;
  Snapshot snapshot;
  std::string name;
};

// The function that runs one case: reset, inputs, invoke, outputs.
std::string print_trial(const Trial& trial) {
  const SnapshotGraph& graph = trial.snapshot.graphs.at(0);
  std::string text = fmt::format(
      "static void run_{0}() {{\n  using namespace {0};\n  reset();\n  for (int k = 0; k < {1}; ++k) {{\n    "
      "if "
      "(flag()) reset();\n",
      trial.name, trial.c->invokes);
  for (size_t i = 0; i < graph.inputs.size(); ++i)
    text += fmt::format("    if (flag()) get(input<{}>().data, {});\n", i, graph.inputs[i].n_bytes);
  const bool stops = steers(trial.snapshot);
  text += fmt::format("    invoke();\n    const char stopped = {};\n    put(&stopped, 1);\n",
                      stops ? fmt::format("::inkling::{}_model::runtime.stopped", trial.name) : "0");
  for (size_t i = 0; i < graph.outputs.size(); ++i)
    text += fmt::format("    put(output<{}>().data, {});\n", i, graph.outputs[i].n_bytes);
  return text + "  }\n}\n";
}

std::string print_program(const std::vector<Trial>& trials, const char* harness) {
  KernelSources kernels;
  std::string headers, models, runs, calls;
  for (const Trial& trial : trials) {
    const PrintOptions options{trial.name, false, false};
    add_kernels(trial.snapshot, &kernels);
    std::string header = print_header(trial.snapshot, options);
    header.erase(header.find("#pragma once"), 12);
    headers += header;
    models += print_model(trial.snapshot, options);
    runs += print_trial(trial);
    calls += fmt::format("  run_{}();\n", trial.name);
  }
  return std::string(harness) + kHarness + headers + print_prologue("trial_inkling") + kernels.text(false) +
         models + runs + "int main() {\n  open_files();\n" + calls + "  return 0;\n}\n";
}

// What the program reads: per invocation whether to reset, then per input whether it is fed, and its bytes.
void append_inputs(const Trial& trial, std::vector<uint8_t>* bytes) {
  const auto inputs = read_inputs(*trial.c);
  const auto& operands = trial.snapshot.graphs.at(0).inputs;
  for (int32_t k = 0; k < trial.c->invokes; ++k) {
    bytes->push_back(trial.c->resets_before(k));
    auto fed = inputs[static_cast<size_t>(k)];
    if (fed.empty()) fed.resize(operands.size());  // a case that feeds nothing
    if (fed.size() != operands.size())
      throw Error(fmt::format("the case has {} inputs, the model {}", fed.size(), operands.size()));
    for (size_t i = 0; i < fed.size(); ++i) {
      bytes->push_back(!fed[i].empty());
      if (!fed[i].empty() && static_cast<int32_t>(fed[i].size()) != operands[i].n_bytes)
        throw Error(
            fmt::format("input {} has {} bytes, the model takes {}", i, fed[i].size(), operands[i].n_bytes));
      bytes->insert(bytes->end(), fed[i].begin(), fed[i].end());
    }
  }
}

CaseRun take_outputs(const Trial& trial, const std::vector<uint8_t>& bytes, size_t* at) {
  CaseRun run;
  const auto take = [&](size_t n) {
    if (*at + n > bytes.size()) throw Error("the program left fewer outputs than it should");
    const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(*at);
    *at += n;
    return std::vector<uint8_t>(from, from + static_cast<std::ptrdiff_t>(n));
  };
  for (int32_t k = 0; k < trial.c->invokes; ++k) {
    run.stopped.push_back(take(1)[0] != 0);
    auto& outputs = run.outputs.emplace_back();
    for (const SnapshotOperand& output : trial.snapshot.graphs.at(0).outputs)
      outputs.push_back(take(static_cast<size_t>(output.n_bytes)));
  }
  return run;
}

void run_on_desk(const std::vector<Trial>& trials, const fs::path& folder) {
  write_atomically(folder / "trial.cpp", std::string_view(print_program(trials, kDeskHarness)));
  const ProcessResult built = run_process({"g++", "-std=c++17", "-O1", "-Wall", "-Wextra", "-Werror", "-I",
                                           library_root().string(), "trial.cpp", "-o", "trial"},
                                          folder);
  if (built.status != 0) throw Error("the compiled model does not build\n" + built.err.substr(0, 2000));
  const ProcessResult ran = run_process({"./trial"}, folder);
  if (ran.status != 0) throw Error(fmt::format("the compiled model ended with status {}", ran.status));
}

void run_on_board(const std::vector<Trial>& trials, const Board& board, const fs::path& folder) {
  write_atomically(folder / "trial.cpp", std::string_view(print_program(trials, kBoardHarness)));
  BoardRun run;
  run.elf = link_firmware(board, folder, folder / "trial.cpp", "", nullptr, {"-O2"});
  run.folder = folder;
  const BoardOutcome outcome = run_on_board(board, run);
  if (outcome.status != 0 || outcome.timed_out)
    throw Error(fmt::format("the compiled model ended with status {} {}", outcome.status, outcome.console));
}

// Without a board on the desk.
std::vector<CaseResult> run_program(const std::vector<Trial>& trials, const Board* board) {
  const ScratchFolder folder;
  std::vector<uint8_t> inputs;
  for (const Trial& trial : trials) append_inputs(trial, &inputs);
  write_atomically(folder.path() / "in", inputs);
  board ? run_on_board(trials, *board, folder.path()) : run_on_desk(trials, folder.path());
  const std::vector<uint8_t> outputs = read_file(folder.path() / "out");
  std::vector<CaseResult> results;
  size_t at = 0;
  for (const Trial& trial : trials) results.push_back(judge(*trial.c, take_outputs(trial, outputs, &at)));
  return results;
}

int64_t constant_bytes(const Trial& trial) {
  int64_t n = 0;
  for (const SnapshotConstant& constant : trial.snapshot.constants)
    n += static_cast<int64_t>(constant.bytes.size());
  return n;
}

}  // namespace

void verify_compiled(const std::vector<Case>& cases, const Target& target, const Board* board,
                     const std::function<void(const Case&, const CaseResult&)>& on_result) {
  std::map<std::string, std::vector<const Case*>> by_operator;
  for (const Case& c : cases) by_operator[c.op].push_back(&c);
  // Programs are made as they are run: the constants of a whole pack would take gigabytes as text.
  std::vector<std::vector<Trial>> programs;
  for (const auto& [op, list] : by_operator) {
    int64_t n_bytes = kConstantBytesPerProgram;
    for (const Case* c : list) {
      Trial trial{c, {}, ""};
      try {
        trial.snapshot = take_snapshot(graph::rewrite(ModelFile(c->model), c->model).file, target);
      } catch (const Error& error) {
        CaseRun run;
        run.error = error.what();
        on_result(*c, judge(*c, run));
        continue;
      }
      if (n_bytes >= kConstantBytesPerProgram || programs.back().size() >= kCasesPerProgram) {
        programs.emplace_back();
        n_bytes = 0;
      }
      n_bytes += constant_bytes(trial);
      trial.name = fmt::format("case_{}", programs.back().size());
      programs.back().push_back(std::move(trial));
    }
  }
  std::mutex mutex;
  parallel_for(static_cast<int64_t>(programs.size()), [&](int64_t i) {
    const std::vector<Trial>& trials = programs[static_cast<size_t>(i)];
    std::vector<CaseResult> results;
    try {
      results = run_program(trials, board);
    } catch (const Error& error) {
      results.assign(trials.size(), {Verdict::failed, error.what()});
    }
    const std::lock_guard lock(mutex);
    for (size_t k = 0; k < trials.size(); ++k) on_result(*trials[k].c, results[k]);
  });
}

}  // namespace inkling::host
