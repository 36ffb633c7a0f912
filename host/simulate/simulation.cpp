// Making the firmware, running it, reading its console; see simulation.h.
#include "host/simulate/simulation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "host/adapt/head.h"
#include "host/data/files.h"
#include "host/data/sound.h"
#include "host/engine/reasons.h"
#include "host/error.h"

namespace inkling::host {
namespace {

namespace fs = std::filesystem;

/// C++ source of a text.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

fs::path make_firmware(Board board, const std::string& app, const LinkedModel& model,
                       const fs::path& folder) {
  board.libraries.insert(board.libraries.begin(),
                         (board.build / "apps" / app / ("lib" + app_target(app) + ".a")).string());
  std::string header = program_header(model.operators, &model.file, model.arena_bytes);
  const auto constant = [&](const char* declaration, const auto& value) {
    header += fmt::format("constexpr {} = {};\n", declaration, value);
  };
  constant("const char* kLabels", quoted(fmt::format("{}", fmt::join(model.labels, ","))));
  constant("uint8_t kThreshold", model.decision.threshold);
  constant("uint32_t kSmoothingMs", model.decision.smoothing_ms);
  constant("int32_t kHeadOperator", model.head_operator);
  constant("int32_t kHeadFeatures", model.head_features);
  return link_firmware(board, folder, fs::path("apps") / app / "linked_model.cpp", header, &model.file);
}

void write_microphone(const fs::path& path, const std::vector<int16_t>& samples) {
  std::vector<uint8_t> bytes;
  for (const int16_t sample : samples) {
    bytes.push_back(static_cast<uint8_t>(sample));
    bytes.push_back(static_cast<uint8_t>(sample >> 8));
  }
  write_atomically(path, bytes);
}

/// Finds the layer whose features can be learned, if there is one.
void find_features(const fs::path& path, LinkedModel& model) {
  const graph::Graph graph = graph::read(model.file.bytes());
  try {
    const Head head = find_head(graph, path);
    const graph::Subgraph& subgraph = graph.subgraphs[0];
    const auto from = static_cast<size_t>(subgraph.operators[head.op].inputs[0]);
    if (subgraph.tensors[from].type != Type::int8) return;
    model.head_operator = static_cast<int32_t>(head.op);
    model.head_features = head.n_features;
  } catch (const Error&) {
    // No classifier: nothing to learn.
  }
}

double seconds_of(const std::string& ms) {
  return static_cast<double>(std::stoll(ms)) / 1000;
}

/// Sorts the console's lines into what they tell; the telemetry is taken out of the console.
void read_console(const std::string& text, Simulation* simulation) {
  static const std::regex led("!led (\\d+) (\\w+) ([01])"), overrun("!overrun (\\d+) (\\d+)"),
      word("heard (.+), score (\\d+) of 255, at (\\d+) ms");
  std::istringstream lines(text);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, match, led)) {
      simulation->leds.push_back({seconds_of(match[1]), match[2], match[3] == "1"});
    } else if (std::regex_match(line, match, overrun)) {
      ++simulation->n_overruns;
      simulation->n_samples_lost += std::stoll(match[2]);
    } else if (std::regex_match(line, match, word)) {
      simulation->words.push_back({seconds_of(match[3]), match[1], std::stod(match[2]) / 255});
    }
    if (line.empty() || line[0] != '!') simulation->console += line + "\n";
  }
}

/// Reads the plug-in's lines: regions of kind 7 are the seconds of sound.
void read_counts(const std::string& text, const Board& board, Simulation* simulation) {
  static const std::regex second("R kind=7 .*\\binsn=(\\d+) cyc4=(\\d+) cyc3=(\\d+).*"),
      total("TOTAL insn=(\\d+).*");
  std::istringstream lines(text);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, match, total)) simulation->n_instructions = std::stoll(match[1]);
    if (!std::regex_match(line, match, second)) continue;
    SecondCost cost{std::stoll(match[1]), {}};
    if (board.cycle_model == "m4") cost.modelled_cycles = std::stoll(match[2]);
    if (board.cycle_model == "m3") cost.modelled_cycles = std::stoll(match[3]);
    simulation->seconds.push_back(cost);
  }
}

}  // namespace

LinkedModel read_linked_model(const fs::path& path, const std::vector<std::string>& labels) {
  for (const std::string& label : labels)
    if (label.empty() || label.find_first_of(",\n\r") != std::string::npos)
      throw Error(fmt::format("the label \"{}\" is empty or holds a comma or a line's end", label));
  LinkedModel model{ModelFile(path), labels, {}, 0};
  model.operators = operators_of(model.file);
  model.decision = read_decision(path);
  find_features(path, model);
  // The steps' addresses are wider here, so that the board needs somewhat less.
  model.arena_bytes = Program(model.file).net().arena_used();
  return model;
}

std::vector<int16_t> with_silence(const std::vector<int16_t>& samples) {
  const auto second = static_cast<size_t>(kSampleRateHz);
  std::vector<int16_t> result(second - std::min(samples.size(), second));
  result.insert(result.end(), samples.begin(), samples.end());
  result.resize((result.size() + second + second - 1) / second * second);
  return result;
}

Simulation simulate(const Board& board, const std::string& app, const LinkedModel& model,
                    const std::vector<int16_t>& samples, const std::vector<uint32_t>& button_ms) {
  const ScratchFolder scratch;
  BoardRun run;
  run.elf = make_firmware(board, app, model, scratch.path());
  run.folder = scratch.path();
  run.count = true;
  run.board_time = true;
  const double duration_s = static_cast<double>(samples.size()) / kSampleRateHz;
  run.timeout_s = 60 + static_cast<int>(duration_s) * 10;
  write_microphone(scratch.path() / "microphone.raw", samples);
  if (!button_ms.empty())
    write_atomically(scratch.path() / "button.txt", fmt::format("{}\n", fmt::join(button_ms, "\n")));
  const BoardOutcome outcome = run_on_board(board, run);
  if (outcome.timed_out) throw Error(fmt::format("{} on {} has not ended in time", app, board.name));
  Simulation simulation;
  simulation.duration_s = duration_s;
  simulation.status = outcome.status;
  simulation.size = size_of(board, run.elf);
  read_console(with_reasons(outcome.console), &simulation);
  read_counts(outcome.counts, board, &simulation);
  return simulation;
}

std::string app_target(const std::string& app) {
  return app + "_app";
}

}  // namespace inkling::host
