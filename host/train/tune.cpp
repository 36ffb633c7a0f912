// inkling-train tune: a family's networks in many widths and depths, measured, tried and compared; with
// mpirun, each process tries its share.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "host/cli/verb.h"
#include "host/data/files.h"
#include "host/error.h"
#include "host/evaluate/score.h"
#include "host/train/families.h"
#include "host/train/pareto.h"
#include "host/train/processes.h"
#include "host/train/task.h"

namespace inkling::host {
namespace {

using nlohmann::json;

struct Options {
  std::string family, folder, model, report, budget_text;
  LearnSettings learn;
  int32_t trial_epochs = 6;
  bool json = false;
};

/// The family's task, with another front end where it has a choice: motion in windows of `n_rows`.
Task task_of(const Options& options, int32_t n_rows) {
  const auto with = [&](auto own) {
    own.folder = options.folder;
    own.learn = options.learn;
    return own;
  };
  if (options.family == "sounds") return sound_task(with(SoundOptions()));
  if (options.family == "pictures") return picture_task(with(PictureOptions()));
  MotionOptions motion = with(MotionOptions());
  motion.n_rows = n_rows;
  return motion_task(motion);
}

struct Candidate {
  size_t task;  ///< among the front ends
  NetworkPlan plan;
  Trial trial;
};

std::vector<Candidate> candidates_of(const std::vector<Task>& tasks) {
  std::vector<Candidate> candidates;
  for (size_t task = 0; task < tasks.size(); ++task)
    for (const int32_t n_less : {0, 1})
      for (const double width : {0.25, 0.5, 1.0, 1.5, 2.0}) {
        const NetworkPlan plan = scaled(tasks[task].plan, width, n_less);
        std::string name = fmt::format("{:.4g}x", width);
        if (n_less > 0) name += "-";
        if (tasks.size() > 1) name += fmt::format("/{}", plan.rows);
        candidates.push_back(
            {task, plan, {name, cost_of(plan, static_cast<int32_t>(tasks[task].labels.size())), 0, false}});
      }
  return candidates;
}

/// The accuracy of the int8 model on the examples to watch, or those to judge with if there are none.
double try_out(const Candidate& candidate, const Task& task, LearnSettings settings) {
  const Examples& judges = task.parts.validation.size() > 0 ? task.parts.validation : task.parts.test;
  const graph::Graph in_float =
      learn(candidate.plan, task.parts.train, judges, static_cast<int32_t>(task.labels.size()), settings,
            [](int32_t, double, double) {});
  const ModelFile file("the int8 model",
                       graph::write(in_int8(in_float, task.parts.train, candidate.plan.input)));
  Program program(file);
  return score(program, judges, candidate.plan.input).accuracy();
}

/// Process number i tries candidates i, i + n, i + 2 n, ...; all know all results in the end.
void try_all(const std::vector<Task>& tasks, const Options& options, std::vector<Candidate>& candidates) {
  torch::Tensor accuracies = torch::zeros({static_cast<int64_t>(candidates.size())}, torch::kFloat64);
  LearnSettings settings = options.learn;
  settings.n_epochs = options.trial_epochs;
  const int32_t n_processes = processes::size(), rank = processes::rank();
  {
    const processes::Alone alone;
    for (size_t i = 0; i < candidates.size(); ++i) {
      Candidate& candidate = candidates[i];
      if (!candidate.trial.is_tried || static_cast<int32_t>(i) % n_processes != rank) continue;
      const double accuracy = try_out(candidate, tasks[candidate.task], settings);
      accuracies[static_cast<int64_t>(i)] = accuracy;
      fmt::print(stderr, "tune: {}: {}, {:.2f} %\n", candidate.trial.name, text_of(candidate.trial.cost),
                 100 * accuracy);
    }
  }
  processes::sum(accuracies);
  for (size_t i = 0; i < candidates.size(); ++i)
    candidates[i].trial.accuracy = accuracies[static_cast<int64_t>(i)].item<double>();
}

void report(const std::vector<Candidate>& candidates, const Candidate& chosen, const Options& options) {
  std::vector<Trial> trials;
  for (const Candidate& candidate : candidates) trials.push_back(candidate.trial);
  if (!options.report.empty()) {
    std::filesystem::create_directories(options.report);
    write_atomically(std::filesystem::path(options.report) / "pareto.svg", pareto_svg(trials));
  }
  json all = json::array();
  for (const Trial& trial : trials)
    all.push_back({{"name", trial.name},
                   {"flash_bytes", trial.cost.flash_bytes},
                   {"ram_bytes", trial.cost.ram_bytes},
                   {"macs", trial.cost.macs},
                   {"fits", trial.is_tried},
                   {"accuracy", trial.is_tried ? json(trial.accuracy) : json()},
                   {"best_of_its_cost", is_best_of_its_cost(trial, trials)}});
  if (options.json) {
    fmt::print("{}\n", json{{"chosen", chosen.trial.name}, {"trials", all}}.dump(1));
    return;
  }
  for (const Trial& trial : trials)
    fmt::print("{} {:>10} {:>9} {:>9} {:>10}  {}\n", is_best_of_its_cost(trial, trials) ? "*" : " ",
               trial.name, trial.cost.flash_bytes, trial.cost.ram_bytes, trial.cost.macs,
               trial.is_tried ? fmt::format("{:.2f} %", 100 * trial.accuracy) : "over the budget");
  fmt::print("name, bytes of flash and RAM, multiply-accumulates, accuracy; * best of its cost; chosen: {}\n",
             chosen.trial.name);
}

void tune(const Options& options) {
  const Limits budget = Limits::parse(options.budget_text);
  std::vector<Task> tasks;
  for (const int32_t n_rows :
       options.family == "motion" ? std::vector<int32_t>{32, 64} : std::vector<int32_t>{0})
    tasks.push_back(task_of(options, n_rows));
  std::vector<Candidate> candidates = candidates_of(tasks);
  for (Candidate& candidate : candidates) candidate.trial.is_tried = budget.holds(candidate.trial.cost);
  const auto by_strain = [&](const Candidate& a, const Candidate& b) {
    return budget.strain(a.trial.cost) < budget.strain(b.trial.cost);
  };
  const Candidate& nearest = *std::min_element(candidates.begin(), candidates.end(), by_strain);
  if (!nearest.trial.is_tried)
    throw Error(fmt::format("no network fits the budget {}; the nearest, {}, takes {}", options.budget_text,
                            nearest.trial.name, text_of(nearest.trial.cost)));
  try_all(tasks, options, candidates);
  const auto worse = [](const Candidate& a, const Candidate& b) {
    return std::make_tuple(a.trial.is_tried, a.trial.accuracy, -a.trial.cost.flash_bytes) <
           std::make_tuple(b.trial.is_tried, b.trial.accuracy, -b.trial.cost.flash_bytes);
  };
  const Candidate& chosen = *std::max_element(candidates.begin(), candidates.end(), worse);
  if (processes::rank() == 0) report(candidates, chosen, options);
  if (options.model.empty()) return;
  TrainOptions train;
  train.folder = options.folder;
  train.model = options.model;
  train.learn = options.learn;
  const Task& task = tasks[chosen.task];
  train_and_report(chosen.plan, task.parts, task.labels, task.pipeline, train);
}

}  // namespace

void add_tune(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "tune", "Tries networks on a dataset and takes the best that fits a budget.",
               "inkling tune motion gestures --budget flash=12k,ram=4k -o gestures.tflite --report page\n"
               "  mpirun -n 4 inkling-train tune sounds recordings --budget flash=100k");
  verb.add_option("FAMILY", options->family, "What to learn")
      ->required()
      ->check(CLI::IsMember({"motion", "sounds", "pictures"}));
  verb.add_option("DATASET", options->folder, "A folder as 'inkling train FAMILY' takes it")->required();
  verb.add_option(
      "--budget", options->budget_text,
      "What a network may cost: flash=BYTES (of the model), ram=BYTES (of its arena), macs=NUMBER, "
      "separated by commas");
  verb.add_option("-o,--out", options->model, "Learn the chosen network in full and write it into this file");
  verb.add_option("--report", options->report, "Write a chart, pareto.svg, into this folder")
      ->type_name("DIR");
  verb.add_option("--trial-epochs", options->trial_epochs, "How often each network goes through all examples")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb.add_option("--epochs", options->learn.n_epochs, "The same for the chosen one")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  verb.add_option("--seed", options->learn.seed, "Another number gives another model")->capture_default_str();
  verb.add_flag("--json", options->json, "Print the trials as JSON");
  verb.callback([options] { tune(*options); });
}

}  // namespace inkling::host
