// inkling-train anomaly: from recordings of a machine that is well to a model that notices when it is not.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/cli/verb.h"
#include "host/data/files.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "host/evaluate/machine_windows.h"
#include "host/evaluate/score.h"
#include "host/graph/metadata.h"
#include "host/graph/pipeline.h"
#include "host/quantize/quantize.h"
#include "host/train/anomaly_graph.h"
#include "host/train/families.h"
#include "host/train/processes.h"

namespace inkling::host {
namespace {

using nlohmann::json;

struct Options {
  std::string folder, model;
  Size size = Size::small;
  std::vector<std::string> normal;
  int32_t n_rows = 0;
  int32_t n_epochs = 60;
  double false_alarms = 0.01;
  uint64_t seed = 1;
  bool json = false;
};

/// What --size stands for.
struct Sizes {
  std::vector<int32_t> widths;
  int32_t n_prototypes;
};
Sizes sizes_of(Size size) {
  if (size == Size::tiny) return {{12, 4, 12}, 8};
  if (size == Size::medium) return {{48, 12, 48}, 48};
  return {{24, 8, 24}, 24};
}

std::vector<Vector> inputs_of(const std::vector<const MachineWindow*>& windows, const MachineJudge& judge) {
  std::vector<Vector> inputs;
  for (const MachineWindow* window : windows) {
    Vector& input = inputs.emplace_back();
    for (const int8_t q : judge.input_of(window->features)) input.push_back(kStandardQuantization.real(q));
  }
  return inputs;
}

/// What at most a share `above` of the values exceeds; with too few values to tell, a tenth more than all.
float quantile(std::vector<float> values, double above) {
  std::sort(values.begin(), values.end());
  const auto n_above = static_cast<size_t>(above * static_cast<double>(values.size()));
  return n_above == 0 ? 1.1f * values.back() : values[values.size() - 1 - n_above];
}

template <class Distance>
float limit_of(const std::vector<Vector>& examples, double above, const Distance& distance) {
  std::vector<float> distances;
  for (const Vector& example : examples) distances.push_back(distance(example));
  return std::max(quantile(distances, above), 1e-3f);
}

NormalState learn_normal(const std::vector<Vector>& train, const std::vector<Vector>& validation,
                         const Options& options) {
  const Sizes sizes = sizes_of(options.size);
  NormalState state;
  state.autoencoder = learn_autoencoder(
      train, {sizes.widths, options.n_epochs, 3e-3, options.seed}, [&](int32_t epoch, double error) {
        if (epoch % 10 == 0 || epoch == options.n_epochs)
          fmt::print(stderr, "train: epoch {} of {}: error {:.4f}\n", epoch, options.n_epochs, error);
      });
  state.residual_deviations.assign(train.at(0).size(), 0);
  for (const Vector& example : train) {
    const Vector again = restored(state.autoencoder, example);
    for (size_t i = 0; i < example.size(); ++i)
      state.residual_deviations[i] += (example[i] - again[i]) * (example[i] - again[i]);
  }
  for (float& deviation : state.residual_deviations)
    deviation =
        std::max(std::sqrt(deviation / static_cast<float>(train.size())), kStandardQuantization.scale);
  state.prototypes =
      find_prototypes(train, sizes.n_prototypes, kStandardQuantization.scale, Random(options.seed));
  state.residual_limit = limit_of(validation, options.false_alarms,
                                  [&](const Vector& example) { return state.residual_distance(example); });
  state.prototype_limit = limit_of(validation, options.false_alarms,
                                   [&](const Vector& example) { return state.prototypes.distance(example); });
  return state;
}

/// The scores of the windows, by a loaded model.
std::vector<float> scores_of_windows(Program& program, const std::vector<const MachineWindow*>& windows,
                                     const MachineJudge& judge) {
  std::vector<float> scores;
  for (const MachineWindow* window : windows)
    scores.push_back(
        scores_of(program, judge.input_of(window->features).data(), kStandardQuantization).at(0));
  return scores;
}

json report_of(const MachineDataset& dataset, Program& program, const MachineJudge& judge, size_t n_bytes) {
  std::vector<const MachineWindow*> kept;
  for (const MachineWindow& window : dataset.windows)
    if (window.part == Part::test) kept.push_back(&window);
  const std::vector<float> scores = scores_of_windows(program, kept, judge);
  std::vector<bool> are_anomalies;
  int64_t n_normal = 0, n_false = 0, n_found = 0;
  for (size_t i = 0; i < kept.size(); ++i) {
    are_anomalies.push_back(!kept[i]->is_normal);
    n_normal += kept[i]->is_normal;
    (kept[i]->is_normal ? n_false : n_found) += scores[i] > judge.limit;
  }
  const std::optional<double> auc = area_under_roc(scores, are_anomalies);
  return {{"bytes", n_bytes},        {"arena_bytes", program.net().arena_used()},
          {"limit", judge.limit},    {"normal_windows", n_normal},
          {"false_alarms", n_false}, {"anomalous_windows", static_cast<int64_t>(kept.size()) - n_normal},
          {"found", n_found},        {"auc", auc ? json(*auc) : json()}};
}

void train_anomaly(const Options& options) {
  if (processes::rank() != 0) return;  // there is nothing to share: it takes seconds
  MachineJudge judge;
  judge.settings = settings_of(options.folder, options.normal, options.n_rows);
  const MachineDataset dataset = read_machine_dataset(options.folder, judge.settings);
  for (const std::string& message : dataset.skipped) fmt::print(stderr, "train: skipped: {}\n", message);
  const auto train = dataset.normal(Part::train), validation = dataset.normal(Part::validation);
  fmt::print(stderr, "train: {} normal windows of {} rows to learn from, {} to set the limit; normal: {}\n",
             train.size(), judge.settings.n_rows, validation.size(), fmt::join(judge.settings.normal, ", "));
  if (train.size() < 20 || validation.empty())
    throw Error(fmt::format("{}: too few normal windows (got {}, want some hundred)", options.folder,
                            train.size() + validation.size()));
  judge.set_standard(train);
  const std::vector<Vector> examples = inputs_of(train, judge);
  const NormalState state = learn_normal(examples, inputs_of(validation, judge), options);
  graph::Graph in_int8 = quantize(anomaly_graph(state), examples, kStandardQuantization);
  const ModelFile file("the int8 model", graph::write(in_int8));
  Program program(file);
  judge.limit =
      std::max(quantile(scores_of_windows(program, validation, judge), options.false_alarms), 0.05f);
  json pipeline = judge.to_json();
  pipeline["seed"] = options.seed;
  const json report = report_of(dataset, program, judge, file.bytes().size);
  pipeline["auc"] = report["auc"];
  graph::set_pipeline(in_int8, pipeline);
  const std::vector<uint8_t> bytes = graph::write_with_labels(in_int8, {"anomaly"});
  write_atomically(options.model, bytes);
  if (options.json) {
    fmt::print("{}\n", report.dump(1));
    return;
  }
  fmt::print("{}: {} bytes, {} bytes of arena; what scores above {:.2f} is an anomaly\n", options.model,
             bytes.size(), program.net().arena_used(), judge.limit);
  fmt::print("kept back: {} of {} normal windows are false alarms", report["false_alarms"].get<int64_t>(),
             report["normal_windows"].get<int64_t>());
  if (!report["auc"].is_null())
    fmt::print("; {} of {} anomalous ones are found, AUC {:.4f}", report["found"].get<int64_t>(),
               report["anomalous_windows"].get<int64_t>(), report["auc"].get<double>());
  fmt::print("\n");
}

}  // namespace

void add_anomaly(CLI::App& app) {
  auto options = std::make_shared<Options>();
  CLI::App& verb =
      add_verb(app, "anomaly", "Learns what is normal for a machine, from its vibration or sound alone.",
               "inkling train anomaly fan -o fan.tflite\n"
               "  inkling train anomaly fan --normal '*_0_weight' -o fan.tflite");
  verb.add_option(
          "DATASET", options->folder,
          "A folder with STATE/*.csv, a row per sample, or STATE/*.wav; other states than the normal one "
          "are not learned from, only judged")
      ->required();
  verb.add_option("-o,--out", options->model, "The .tflite file to make")->required();
  verb.add_option("--normal", options->normal,
                  "Patterns of the folders that are normal, separated by commas (default: normal, ok, good, "
                  "healthy; without them, all but those named anomaly, abnormal, fault)")
      ->delimiter(',');
  verb.add_option("--rows", options->n_rows,
                  "Rows in a window (default: those of the shortest file; a second of sound)")
      ->check(CLI::Range(16, 1024));
  verb.add_option("--size", options->size,
                  "How much the model can learn: tiny, small or medium (default: small)")
      ->transform(CLI::CheckedTransformer(sizes()));
  verb.add_option("--false-alarms", options->false_alarms,
                  "The share of normal windows that may exceed the limit")
      ->check(CLI::Range(0.0, 0.5))
      ->capture_default_str();
  verb.add_option("--epochs", options->n_epochs, "How often to go through all windows")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  verb.add_option("--seed", options->seed, "Another number gives another model")->capture_default_str();
  verb.add_flag("--json", options->json, "Print the scores as JSON");
  verb.callback([options] { train_anomaly(*options); });
}

}  // namespace inkling::host
