// inkling simulate: an application on a virtual board hears a sound; what happened when, and what it cost.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/cli/verb.h"
#include "host/data/sound.h"
#include "host/engine/labels.h"
#include "host/error.h"
#include "host/simulate/app.h"
#include "host/simulate/simulation.h"

namespace inkling::host {
namespace {

using nlohmann::json;

struct Options {
  std::string app, board, sound, model;
  std::vector<std::string> labels;
  std::vector<uint32_t> button_ms;
  bool json = false;
};

json to_json(const Options& options, const LinkedModel& model, const Simulation& s) {
  json events = json::array(), leds = json::array(), instructions = json::array(), cycles = json::array();
  for (const HeardWord& word : s.words)
    events.push_back({{"time_s", word.time_s}, {"label", word.label}, {"score", word.score}});
  for (const LedChange& change : s.leds)
    leds.push_back({{"time_s", change.time_s}, {"led", change.led}, {"on", change.on}});
  bool modelled = true;
  for (const SecondCost& second : s.seconds) {
    instructions.push_back(second.instructions);
    cycles.push_back(second.modelled_cycles.value_or(0));
    modelled = modelled && second.modelled_cycles;
  }
  return {{"app", options.app},
          {"board", options.board},
          {"sound", options.sound},
          {"duration_s", s.duration_s},
          {"model", model.file.path().string()},
          {"labels", model.labels},
          {"events", events},
          {"leds", leds},
          {"instructions_per_second", instructions},
          {"instructions_total", s.n_instructions},
          {"modelled_cycles_per_second", modelled ? cycles : json()},
          {"overruns", s.n_overruns},
          {"samples_lost", s.n_samples_lost},
          {"code_bytes", s.size.code_bytes},
          {"static_bytes", s.size.static_bytes},
          {"arena_bytes", model.arena_bytes},
          {"model_bytes", model.file.bytes().size},
          {"status", s.status},
          {"console", s.console}};
}

/// A line for each light: '#' where it is on.
void draw_lights(const Simulation& s) {
  constexpr double kMaxColumns = 80, kFinestStep_s = 0.05;
  const double step_s = std::max(kFinestStep_s, s.duration_s / kMaxColumns);
  const auto column = [&](double time_s) { return static_cast<size_t>(time_s / step_s + 0.5); };
  const size_t n_columns = column(s.duration_s);
  for (const char* led : {"yellow", "red", "green", "blue"}) {
    std::string line(n_columns, '.');
    for (const LedChange& change : s.leds)
      if (change.led == led && column(change.time_s) < n_columns)
        std::fill(line.begin() + static_cast<int64_t>(column(change.time_s)), line.end(),
                  change.on ? '#' : '.');
    fmt::print("  {:>6} |{}|\n", led, line);
  }
  const std::string end = fmt::format("{:.3g} s", s.duration_s);
  fmt::print("          0 s{:>{}}\n", end, n_columns > 3 ? n_columns - 3 : 0);
}

void print_costs(const Board& board, const Simulation& s) {
  for (size_t i = 0; i < s.seconds.size(); ++i) {
    const SecondCost& second = s.seconds[i];
    fmt::print("  second {}: {:.2f} million instructions", i + 1,
               static_cast<double>(second.instructions) / 1e6);
    if (second.modelled_cycles) {
      const auto n = static_cast<double>(*second.modelled_cycles);
      fmt::print(", {:.2f} million cycles: {:.1f} % of a core of {:.0f} MHz", n / 1e6,
                 n / board.clock_hz * 100, board.clock_hz / 1e6);
    } else {
      fmt::print(" on a core of {:.0f} MHz", board.clock_hz / 1e6);
    }
    fmt::print("\n");
  }
  if (s.n_overruns > 0)
    fmt::print("  the core was too slow: {} times late, {:.0f} ms of the sound lost\n", s.n_overruns,
               static_cast<double>(s.n_samples_lost) / (kSampleRateHz / 1000));
}

void print(const Options& options, const Board& board, const LinkedModel& model, const Simulation& s) {
  fmt::print("{} on {} ({})\n", options.app, board.name, board.description);
  fmt::print("  model  {} ({})\n", model.file.path().string(), fmt::join(model.labels, ", "));
  fmt::print("  sound  {} ({:.3g} s with the silence around it)\n", options.sound, s.duration_s);
  fmt::print("  flash  {} bytes of program, {} of model\n", s.size.code_bytes, model.file.bytes().size);
  fmt::print("  RAM    {} bytes of program, {} of arena, and the stack\n\n", s.size.static_bytes,
             model.arena_bytes);
  for (const HeardWord& word : s.words)
    fmt::print("  {:.2f} s  heard \"{}\" (score {:.2f})\n", word.time_s, word.label, word.score);
  if (s.words.empty()) fmt::print("  no word was heard\n");
  fmt::print("\n");
  draw_lights(s);
  fmt::print("\n");
  print_costs(board, s);
}

/// The console's last line: where a program says why it ended.
std::string last_line(std::string console) {
  while (!console.empty() && console.back() == '\n') console.pop_back();
  return console.substr(console.rfind('\n') + 1);
}

/// What the options say, or else the model, or else the application.
std::vector<std::string> labels_for(const std::filesystem::path& model, const App& app,
                                    const Options& options) {
  if (!options.labels.empty()) return options.labels;
  const std::vector<std::string> own = read_labels(model);
  return own.empty() ? app.labels : own;
}

void run(const Options& options) {
  const App app = read_app(options.app);
  const std::vector<int16_t> sound = with_silence(read_sound(options.sound));
  const std::filesystem::path path =
      options.model.empty() ? app.default_model() : std::filesystem::path(options.model);
  const LinkedModel model = read_linked_model(path, labels_for(path, app, options));
  const Board board = open_board(options.board, Kernels::fastest, {app_target(app.name)});
  const Simulation simulation = simulate(board, app.name, model, sound, options.button_ms);
  if (options.json)
    fmt::print("{}\n", to_json(options, model, simulation).dump(1));
  else
    print(options, board, model, simulation);
  if (simulation.status != 0)
    throw Error(fmt::format("{} on {} with {} ended with status {}: {}", app.name, board.name,
                            model.file.path().string(), simulation.status, last_line(simulation.console)));
}

}  // namespace

void add_simulate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb = add_verb(app, "simulate", "Runs an application on a virtual board that hears a sound.",
                            "inkling simulate yes_no --board cortex-m4 --sound yes.wav\n"
                            "  inkling simulate yes_no --board rv32 --sound go.wav --model go.tflite");
  verb.add_option("APP", options->app, "An application: a folder of apps/")->required();
  verb.add_option("--board", options->board, "A virtual board: a folder of boards/")->required();
  verb.add_option("--sound", options->sound, "What the microphone hears: WAV, FLAC, OGG of any rate")
      ->required();
  verb.add_option("--model", options->model, "A .tflite file (default: the application's own)");
  verb.add_option(
          "--labels", options->labels,
          "What its outputs stand for, separated by commas (default: what the model says, or else the "
          "application)")
      ->delimiter(',');
  verb.add_option("--button", options->button_ms,
                  "When the button goes down, up, down ..., in milliseconds, separated by commas")
      ->delimiter(',');
  verb.add_flag("--json", options->json, "Print JSON instead of lines");
  verb.callback([options] { run(*options); });
}

}  // namespace inkling::host
