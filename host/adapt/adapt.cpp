// Features by the engine of the device, regression, files.
#include "host/adapt/adapt.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "host/adapt/regression.h"
#include "host/data/files.h"
#include "host/engine/program.h"
#include "host/error.h"
#include "host/evaluate/score.h"
#include "host/graph/metadata.h"
#include "host/graph/pipeline.h"

namespace inkling::host {
namespace {

using nlohmann::json;

constexpr size_t kCalibrationSamples = 300;

/// What the head takes for each example. A model's last output is read as scores are: as real values.
std::vector<std::vector<float>> features_of(const AdaptTask& task, const Examples& examples) {
  const ModelFile file(task.settings.model, graph::write(without_head(task.model, task.head)));
  Program program(file);
  const int64_t n = static_cast<int64_t>(examples.features.size()) / std::max<int64_t>(1, examples.size());
  if (program.net().input(0).n_elements != n)
    throw Error(fmt::format("{}: takes {} values, the dataset has {}", task.settings.model.string(),
                            program.net().input(0).n_elements, n));
  std::vector<std::vector<float>> features;
  for (int64_t i = 0; i < examples.size(); ++i)
    features.push_back(scores_of(program, examples.features.data() + i * n, task.input));
  return features;
}

/// The share of the examples whose highest score is that of their label.
double accuracy(Program& program, const Examples& examples, Quantization input) {
  const int64_t n = static_cast<int64_t>(examples.features.size()) / std::max<int64_t>(1, examples.size());
  int64_t n_right = 0;
  for (int64_t i = 0; i < examples.size(); ++i) {
    const std::vector<float> scores = scores_of(program, examples.features.data() + i * n, input);
    const auto guess = std::max_element(scores.begin(), scores.end()) - scores.begin();
    n_right += guess == examples.labels[static_cast<size_t>(i)];
  }
  return static_cast<double>(n_right) / static_cast<double>(std::max<int64_t>(1, examples.size()));
}

json pipeline_of(const AdaptTask& task) {
  json pipeline = graph::pipeline_of(task.model, task.settings.model);
  const AdaptSettings& settings = task.settings;
  pipeline["adapted"] = {{"from", settings.model.filename().string()},
                         {"dataset_hash", fmt::format("{:08x}", dataset_hash(settings.dataset))},
                         {"takes", task.n_takes},
                         {"whole", settings.whole},
                         {"seed", settings.seed}};
  return pipeline;
}

void print(const AdaptTask& task, const AdaptScore& score, size_t n_bytes) {
  if (task.settings.json) {
    json all = {{"labels", task.labels},          {"new_labels", task.labels.size() - task.n_old_labels},
                {"takes", task.n_takes},          {"bytes", n_bytes},
                {"accuracy_takes", score.takes},  {"accuracy_known_before", nullptr},
                {"accuracy_known_after", nullptr}};
    if (score.n_known > 0) {
      all["accuracy_known_before"] = score.known_before;
      all["accuracy_known_after"] = score.known_after;
    }
    fmt::print("{}\n", all.dump(1));
    return;
  }
  fmt::print("{}: {} bytes, labels {}\n", task.settings.out.string(), n_bytes, fmt::join(task.labels, ", "));
  fmt::print("{} takes, from which it learned: {:.1f} % of their windows right\n", task.n_takes,
             100 * score.takes);
  if (score.n_known > 0)
    fmt::print("what it knew, {} windows from which it did not learn: {:.1f} % right before, {:.1f} % now\n",
               score.n_known, 100 * score.known_before, 100 * score.known_after);
}

}  // namespace

Head learn_head(const AdaptTask& task) {
  Head head = task.head;
  fit(head, {features_of(task, task.examples), task.examples.labels, task.weights}, task.settings.seed);
  return head;
}

graph::Graph int8_with_head(const AdaptTask& task, const Head& head) {
  const graph::Subgraph& subgraph = task.model.subgraphs[0];
  const int32_t logits = subgraph.operators[head.op].outputs.at(0);
  if (subgraph.tensors[static_cast<size_t>(logits)].type == Type::int8)
    return with_head(task.model, head, features_of(task, task.examples));
  return quantize(with_head(task.model, head, {}), samples_of(task, kCalibrationSamples), task.input);
}

void finish_adapting(const AdaptTask& task, graph::Graph model) {
  graph::set_pipeline(model, pipeline_of(task));
  const std::vector<uint8_t> bytes = graph::write_with_labels(model, task.labels);
  const ModelFile before_file(task.settings.model), after_file(task.settings.out, bytes);
  Program before(before_file), after(after_file);
  AdaptScore score;
  score.n_known = task.known.size();
  score.takes = accuracy(after, task.takes, task.input);
  score.known_before = accuracy(before, task.known, task.input);
  score.known_after = accuracy(after, task.known, task.input);
  write_atomically(task.settings.out, bytes);
  print(task, score, bytes.size());
}

}  // namespace inkling::host
